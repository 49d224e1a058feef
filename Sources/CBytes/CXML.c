#include "CBytes.h"

#include <string.h>

/* The kind of a byte in a document; 0 for plain text. */
enum { PLAIN, MARKUP, REFERENCE, BRACKET, REFUSED, LONG };

static int kind(unsigned char byte) {
  if (byte >= 0x80) return LONG;
  if (byte < 0x20) return byte == '\t' || byte == '\n' || byte == '\r' ? PLAIN : REFUSED;
  if (byte == '<') return MARKUP;
  if (byte == '&') return REFERENCE;
  return byte == ']' ? BRACKET : PLAIN;
}

static int is_space(unsigned char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

static int begins_name(unsigned char byte) {
  return (unsigned char)((byte | 0x20) - 'a') < 26 || byte == '_' || byte == ':';
}

static int is_of_name(unsigned char byte) {
  return begins_name(byte) || (unsigned char)(byte - '0') < 10 || byte == '-' || byte == '.';
}

static size_t end_of_name(const unsigned char *bytes, size_t index, size_t count) {
  if (index >= count || !begins_name(bytes[index])) return index;
  while (index < count && is_of_name(bytes[index])) index++;
  return index;
}

static size_t end_of_space(const unsigned char *bytes, size_t index, size_t count) {
  while (index < count && is_space(bytes[index])) index++;
  return index;
}

/* The length in bytes of a UTF-8 character that XML allows; 0 for anything else. */
static size_t letter(const unsigned char *bytes, size_t index, size_t count) {
  unsigned char first = bytes[index];
  size_t length = first >= 0xc2 && first < 0xe0   ? 2
                  : (first & 0xf0) == 0xe0        ? 3
                  : first >= 0xf0 && first < 0xf5 ? 4
                                                  : 0;
  if (length == 0 || count - index < length) return 0;
  for (size_t rest = 1; rest < length; rest++) {
    if ((bytes[index + rest] & 0xc0) != 0x80) return 0;
  }
  unsigned char second = bytes[index + 1];
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
      (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f) ||
      (first == 0xef && second == 0xbf && bytes[index + 2] > 0xbd)) {
    return 0;
  }
  return length;
}

/* The length of one of the five references that need no declaration; 0 for anything else. */
static size_t reference(const unsigned char *bytes, size_t index, size_t count) {
  static const char *const known[] = {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"};
  for (size_t number = 0; number < 5; number++) {
    size_t length = strlen(known[number]);
    if (count - index >= length && memcmp(bytes + index, known[number], length) == 0) return length;
  }
  return 0;
}

/* The end of text, or of a value with its closing quote; `count` where it is not plain. */
static size_t end_of_text(
    const unsigned char *bytes, size_t index, size_t count, unsigned char quote) {
  while (index < count) {
    unsigned char byte = bytes[index];
    if (quote && byte == quote) return index + 1;
    size_t length = 1;
    switch (kind(byte)) {
    case MARKUP: return quote ? count : index;
    case REFERENCE: length = reference(bytes, index, count); break;
    case LONG: length = letter(bytes, index, count); break;
    case REFUSED: return count;
    case BRACKET:
      if (!quote && count - index > 2 && bytes[index + 1] == ']' && bytes[index + 2] == '>') {
        return count;
      }
      break;
    default: break;
    }
    if (length == 0) return count;
    index += length;
  }
  return count;
}

/* The `>` or `/` that ends the attributes of a tag; `count` where they are not plain. */
static size_t end_of_attributes(const unsigned char *bytes, size_t index, size_t count) {
  struct {
    const unsigned char *name;
    size_t length;
  } known[16];
  for (size_t number = 0;; number++) {
    size_t start = end_of_space(bytes, index, count);
    if (start >= count) return count;
    if (bytes[start] == '>' || bytes[start] == '/') return start;
    size_t end = end_of_name(bytes, start, count);
    if (end == start || start == index || number == 16) return count;
    for (size_t other = 0; other < number; other++) {
      if (known[other].length == end - start &&
          memcmp(known[other].name, bytes + start, end - start) == 0) {
        return count;
      }
    }
    known[number].name = bytes + start;
    known[number].length = end - start;
    index = end_of_space(bytes, end, count);
    if (index >= count || bytes[index] != '=') return count;
    index = end_of_space(bytes, index + 1, count);
    if (index >= count || (bytes[index] != '"' && bytes[index] != '\'')) return count;
    index = end_of_text(bytes, index + 1, count, bytes[index]);
  }
}

/* The end of a byte order mark and the XML declaration; `count` for an unusual declaration. */
static size_t end_of_declaration(const unsigned char *bytes, size_t count) {
  static const char usual[] = "<?xml version=\"1.0\" encoding=\"utf-8\"";
  size_t index = count >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (count - index < 2 || bytes[index + 1] != '?') return index;
  for (const char *at = usual; *at; at++, index++) {
    if (index >= count) return count;
    unsigned char byte = bytes[index];
    int is_letter_of_value = at > usual + 29 && *at >= 'a';
    if (byte != *at && !(is_letter_of_value && (byte | 0x20) == *at)) return count;
  }
  static const char alone[] = " standalone=\"yes\"";
  if (count - index > sizeof alone && memcmp(bytes + index, alone, sizeof alone - 1) == 0) {
    index += sizeof alone - 1;
  }
  return count - index >= 2 && bytes[index] == '?' && bytes[index + 1] == '>' ? index + 2 : count;
}

long connref_xml_sections(
    const unsigned char *bytes, size_t count, connref_section *sections, size_t capacity,
    size_t depth_limit, size_t element_limit) {
  connref_section open[256];
  size_t depth = 0, elements = 0, found = 0;
  size_t index = end_of_space(bytes, end_of_declaration(bytes, count), count);
  int is_over = 0;
  while (index < count && !is_over) {
    if (bytes[index] != '<' || index + 1 >= count) return -1;
    if (bytes[index + 1] == '/') {
      size_t start = index + 2, end = end_of_name(bytes, start, count);
      if (depth == 0 || end - start != open[depth - 1].name_length ||
          memcmp(bytes + start, bytes + open[depth - 1].start + 1, end - start) != 0) {
        return -1;
      }
      end = end_of_space(bytes, end, count);
      if (end >= count || bytes[end] != '>') return -1;
      index = end + 1;
      open[--depth].end = index;
      if (depth == 1) sections[found++] = open[1];
    } else {
      size_t start = index + 1, end = end_of_name(bytes, start, count);
      if (end == start || depth == depth_limit || depth == 256 || ++elements > element_limit) {
        return -1;
      }
      if (depth == 1 && found == capacity) return -1;
      connref_section tag = {.start = index, .name_length = end - start};
      end = end_of_attributes(bytes, end, count);
      if (end >= count) return -1;
      if (bytes[end] == '/') {
        if (end + 1 >= count || bytes[end + 1] != '>') return -1;
        tag.end = index = end + 2;
        if (depth == 1) sections[found++] = tag;
      } else {
        index = end + 1;
        open[depth++] = tag;
      }
    }
    is_over = depth == 0;
    index = is_over ? end_of_space(bytes, index, count) : end_of_text(bytes, index, count, 0);
  }
  return is_over && index == count ? (long)found : -1;
}

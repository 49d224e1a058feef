/* memmem is no part of POSIX. */
#define _GNU_SOURCE

#include "CBytes.h"

#include <string.h>

/* Blocks are looked at whole, by the first two bytes of each mark, so that the compiler makes vectors of
   them: megabytes take a fraction of a millisecond. */
size_t connref_next_mark(
    const unsigned char *bytes, size_t start, size_t count, connref_mark one, connref_mark two,
    connref_mark letters) {
  size_t index = start;
  while (index + 3 <= count) {
    size_t end = index + 64;
    if (end + 2 <= count) {
      unsigned char found = 0;
      for (const unsigned char *at = bytes + index; at < bytes + end; at++) {
        found |= ((at[0] == one.bytes[0]) & (at[1] == one.bytes[1])) |
                 ((at[0] == two.bytes[0]) & (at[1] == two.bytes[1])) |
                 (((at[0] & 0xdf) == letters.bytes[0]) & ((at[1] & 0xdf) == letters.bytes[1]));
      }
      if (!found) {
        index = end;
        continue;
      }
    } else {
      end = count - 2;
    }
    for (; index < end; index++) {
      const unsigned char *at = bytes + index;
      if ((at[0] == one.bytes[0] && at[1] == one.bytes[1] && at[2] == one.bytes[2]) ||
          (at[0] == two.bytes[0] && at[1] == two.bytes[1] && at[2] == two.bytes[2]) ||
          ((at[0] & 0xdf) == letters.bytes[0] && (at[1] & 0xdf) == letters.bytes[1] &&
           (at[2] & 0xdf) == letters.bytes[2])) {
        return index;
      }
    }
  }
  return count;
}

size_t connref_line_ends(const unsigned char *bytes, size_t start, size_t end) {
  size_t lines = 0;
  size_t index = start;
  while (index < end) {
    size_t stop = end - index > 128 ? index + 128 : end;
    unsigned char found = 0;
    for (; index < stop; index++) {
      found += (bytes[index] == '\n') | ((bytes[index] == '\r') & (bytes[index + 1] != '\n'));
    }
    lines += found;
  }
  return lines;
}

size_t connref_find(
    const unsigned char *bytes, size_t count, const unsigned char *word, size_t length) {
  const unsigned char *found = memmem(bytes, count, word, length);
  return found ? (size_t)(found - bytes) : count;
}

static unsigned char lower(unsigned char byte) {
  return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

/* By the last two bytes, since many names begin alike. 0x20 makes a few other bytes equal too; comparing the
   whole word rules these out. */
size_t connref_find_in_any_case(
    const unsigned char *bytes, size_t count, const unsigned char *word, size_t length) {
  const unsigned char one = word[length - 2] | 0x20, two = word[length - 1] | 0x20;
  size_t index = length - 2;
  while (index + 2 <= count) {
    size_t end = index + 64;
    if (end + 1 <= count) {
      unsigned char found = 0;
      for (const unsigned char *at = bytes + index; at < bytes + end; at++) {
        found |= ((at[0] | 0x20) == one) & ((at[1] | 0x20) == two);
      }
      if (!found) {
        index = end;
        continue;
      }
    } else {
      end = count - 1;
    }
    for (; index < end; index++) {
      const unsigned char *start = bytes + index + 2 - length;
      size_t same = length;
      while (same > 0 && lower(start[same - 1]) == word[same - 1]) {
        same--;
      }
      if (same == 0) {
        return index + 2 - length;
      }
    }
  }
  return count;
}

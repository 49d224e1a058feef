#ifndef CONNREF_CBYTES_H
#define CONNREF_CBYTES_H

#include <stddef.h>

/// Three bytes that a search looks for.
typedef struct {
  unsigned char bytes[3];
} connref_mark;

/// Where the first of three marks is, from `start` on; `count` where none is. The letters of the last one
/// may be of any case: it is given in capitals.
size_t connref_next_mark(
    const unsigned char *_Nonnull bytes, size_t start, size_t count, connref_mark one,
    connref_mark two, connref_mark letters);

/// How many lines end before `end`, as expat counts them: by a line feed, or a carriage return alone.
size_t connref_line_ends(const unsigned char *_Nonnull bytes, size_t start, size_t end);

/// Where `word` begins first; `count` where it does not occur.
size_t connref_find(
    const unsigned char *_Nonnull bytes, size_t count, const unsigned char *_Nonnull word,
    size_t length);

/// The same in any case of the letters of ASCII; `word` is in lower case and has at least two bytes.
size_t connref_find_in_any_case(
    const unsigned char *_Nonnull bytes, size_t count, const unsigned char *_Nonnull word,
    size_t length);

/// An element: from its tag to behind its end, and the length of its name, which begins at `start + 1`.
typedef struct {
  size_t start;
  size_t end;
  size_t name_length;
} connref_section;

/// Finds the elements directly in the root of an XML document. Returns how many; -1 where there are more than
/// `capacity`, and where the document is not well-formed, has more elements or is deeper than the limits say, or
/// holds anything but elements, attributes, text and predefined references in UTF-8: then a parser has to
/// read it.
long connref_xml_sections(
    const unsigned char *_Nonnull bytes, size_t count, connref_section *_Nonnull sections,
    size_t capacity, size_t depth_limit, size_t element_limit);

#endif

#ifndef CONNREF_CEXPAT_SHIM_H
#define CONNREF_CEXPAT_SHIM_H

#include <expat.h>
#include <stddef.h>

/* Three bytes that a search looks for, those of `masks` of each. */
typedef struct {
  unsigned char bytes[3];
  unsigned char masks[3];
} connref_mark;

static inline int connref_is_mark(const unsigned char *at, connref_mark mark) {
  return ((at[0] & mark.masks[0]) == mark.bytes[0]) & ((at[1] & mark.masks[1]) == mark.bytes[1]) &
         ((at[2] & mark.masks[2]) == mark.bytes[2]);
}

/* Where the first of three marks is, from `start` on; `count` where none does. Blocks are looked at
   whole, so that the compiler makes vectors of them: megabytes take a fraction of a millisecond. */
static inline size_t connref_next_mark(
    const unsigned char *bytes, size_t start, size_t count, connref_mark one, connref_mark two,
    connref_mark three) {
  size_t index = start;
  while (index + 66 <= count) {
    unsigned char found = 0;
    for (int offset = 0; offset < 64; offset++) {
      const unsigned char *at = bytes + index + offset;
      found |= connref_is_mark(at, one) | connref_is_mark(at, two) | connref_is_mark(at, three);
    }
    if (found) break;
    index += 64;
  }
  for (; index + 3 <= count; index++) {
    const unsigned char *at = bytes + index;
    if (connref_is_mark(at, one) | connref_is_mark(at, two) | connref_is_mark(at, three)) return index;
  }
  return count;
}

/* How many lines end before `end`, as expat counts them: by a line feed, or a carriage return alone. */
static inline size_t connref_line_ends(const unsigned char *bytes, size_t start, size_t end) {
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

#endif

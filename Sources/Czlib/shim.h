#ifndef CONNREF_CZLIB_SHIM_H
#define CONNREF_CZLIB_SHIM_H

#include <zlib.h>

/* Macros, which Swift does not see. */
static inline int connref_inflate_init(z_stream *stream) {
  return inflateInit(stream);
}

static inline int connref_inflate_init2(z_stream *stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}

#endif

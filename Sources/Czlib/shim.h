#ifndef CONNREF_CZLIB_SHIM_H
#define CONNREF_CZLIB_SHIM_H

#include <zlib.h>

/* A macro, which Swift does not see. */
static inline int connref_inflate_init(z_stream *stream) {
  return inflateInit(stream);
}

#endif

#ifndef CONNREF_CLIBZIP_SHIM_H
#define CONNREF_CLIBZIP_SHIM_H

#include <zip.h>

#endif

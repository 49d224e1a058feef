#ifndef CONNREF_CMINIZIP_SHIM_H
#define CONNREF_CMINIZIP_SHIM_H

#include <unzip.h>

#endif

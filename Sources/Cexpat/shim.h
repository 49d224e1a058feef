#ifndef CONNREF_CEXPAT_SHIM_H
#define CONNREF_CEXPAT_SHIM_H

#include <expat.h>

#endif

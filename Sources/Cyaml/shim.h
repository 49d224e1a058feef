#ifndef CONNREF_CYAML_SHIM_H
#define CONNREF_CYAML_SHIM_H

#include <yaml.h>

#endif

#include "CBuild.h"

const char *const connref_commit = CONNREF_COMMIT;

#ifndef CONNREF_CBUILD_H
#define CONNREF_CBUILD_H

/// The commit that this program was built from, as given in CONNREF_COMMIT; empty if it was not given.
extern const char *_Nonnull const connref_commit;

#endif

#ifndef CONNREF_CLIBGIT2_SHIM_H
#define CONNREF_CLIBGIT2_SHIM_H

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

/* A store of loose objects that reads by itself and leaves the rest to libgit2's. */
typedef struct {
  git_odb_backend parent;
  git_odb_backend *loose;
  char *folder;
} connref_loose_backend;

/* Swift cannot call variadic functions: one wrapper for each way git_libgit2_opts is used. */

static inline int connref_option_int(int option, int value) {
  return git_libgit2_opts(option, value);
}

static inline int connref_option_size(int option, size_t value) {
  return git_libgit2_opts(option, value);
}

static inline int connref_option_strings(int option, const char **values, size_t count) {
  return git_libgit2_opts(option, values, count);
}

#endif

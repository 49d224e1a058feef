/* Nothing to call: libgit2 finds these functions when it is linked. */

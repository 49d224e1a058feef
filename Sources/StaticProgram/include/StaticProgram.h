/* Nothing to call: the linker finds what is here by its name, and the start of the program runs the rest. */

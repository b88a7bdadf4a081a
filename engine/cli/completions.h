#ifndef CLI_COMPLETIONS_H
#define CLI_COMPLETIONS_H

/* Completion scripts of zsh and fish, on standard output; that of bash is in manual.c. */

void print_zsh_completion(void);
void print_fish_completion(void);

#endif

// Prints the variant of ggml's backend for processors that suits this one best, by the backends' own score: pick-variant libggml-cpu-*.so
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

int main(int count, char ** paths) {
    const char * best = NULL;
    int most = 0;
    for (int i = 1; i < count; i++) {
        void * library = dlopen(paths[i], RTLD_NOW | RTLD_LOCAL);
        int (*score)(void) = library ? (int (*)(void)) dlsym(library, "ggml_backend_score") : NULL;
        if (!score) {
            fprintf(stderr, "%s: %s\n", paths[i], dlerror());
            continue;
        }
        if (score() > most) {
            most = score();
            best = paths[i];
        }
    }
    const char * name = best ? strstr(best, "libggml-cpu-") : NULL;
    if (!name) {
        fprintf(stderr, "none of the backends runs on this processor\n");
        return 1;
    }
    name += strlen("libggml-cpu-");
    printf("%.*s\n", (int) strcspn(name, "."), name);
    return 0;
}

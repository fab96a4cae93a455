/* The model `regime.casus`, once: the scalar and the vector program differ in their types and in exp. V is the vector of runs, M its mask.
   Same equations in the same order as the case; clocks as the language has them: -log(u) each, charged rate*dt a step, fired in order of
   the fraction of the step. All hazards fire at most once and none has a condition. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <math.h>

enum { PARAMETERS = 10, OUTPUTS = 10, STEPS = 120, HAZARDS = 4 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* Philox4x32-10, counter (index, key low, key high, world), key (seed, 0): the kernel's uniforms. */
static double uniform(uint32_t seed, const uint32_t key[2], uint32_t world, uint32_t index) {
  uint32_t c0 = index, c1 = key[0], c2 = key[1], c3 = world, k0 = seed, k1 = 0;
  for (int i = 0; i < 10; i++) {
    uint64_t a = (uint64_t)0xd2511f53u * c0, b = (uint64_t)0xcd9e8d57u * c2;
    c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)b;
    c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)a;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  return (c0 * 1048576.0 + (c1 >> 12) + 0.5) * 0x1p-52;
}

/* What an event does to one run; `s` is strided by the width of the vector. */
enum { G, L, R, E, Mo, C, A, P, STOCKS };

static inline void effect(int event, double *s, int w) {
#define S(i) s[(i) * w]
  switch (event) {
    case 0:
      S(R) = fmin(1, S(R) + 0.25);
      S(L) = S(L) * 0.8;
      S(C) = 0.8;
      break;
    case 1:
      S(Mo) = fmin(1, S(Mo) + 0.25);
      S(A) = S(A) * 0.85;
      break;
    case 2:
      S(R) = S(R) * 0.7;
      S(L) = fmin(1, S(L) + 0.15);
      S(G) = S(G) * 0.8;
      break;
    case 3:
      S(E) = S(E) * 0.85;
      S(P) = S(P) + 0.1;
      break;
  }
#undef S
}

/* The rare path of one run: those due, in order of fraction. `clock` and `used` are strided. Sets `done`, first time and first event. */
static void take_turns(double *s, const double *clock, const double *used, double *done, double *first, int w, int n) {
  for (;;) {
    int next = -1;
    double at = 1;
    for (int k = 0; k < HAZARDS; k++) {
      if (done[k * w] != 0 || !(clock[k * w] < used[k * w])) continue;
      double f = clock[k * w] <= 0 ? 0 : clock[k * w] / used[k * w];
      if (f < at) {
        at = f;
        next = k;
      }
    }
    if (next < 0) return;
    done[next * w] = 1;
    if (first[w] == 0) {
      first[0] = n + at;
      first[w] = next + 1;
    }
    effect(next, s, w);
  }
}

/* Little-endian doubles: runs, then seed, then four keys (low, high), then parameters column by column. */
struct input {
  int runs;
  uint32_t seed;
  uint32_t keys[HAZARDS][2];
  double *parameters;
};

static struct input read_input(const char *path) {
  struct input in;
  double head[2 + 2 * HAZARDS];
  FILE *f = fopen(path, "rb");
  if (f == NULL || fread(head, sizeof head, 1, f) != 1) exit(2);
  in.runs = (int)head[0];
  in.seed = (uint32_t)head[1];
  for (int k = 0; k < HAZARDS; k++)
    for (int i = 0; i < 2; i++) in.keys[k][i] = (uint32_t)head[2 + 2 * k + i];
  size_t count = (size_t)in.runs * PARAMETERS;
  in.parameters = aligned_alloc(64, (count * sizeof(double) + 63) / 64 * 64);
  if (fread(in.parameters, sizeof(double), count, f) != count) exit(2);
  fclose(f);
  return in;
}

void run(const struct input *in, double *out);

/* Prints seconds for each repetition, then the means of the outputs. */
int main(int argc, char **argv) {
  if (argc < 3) return 2;
  struct input in = read_input(argv[1]);
  int repetitions = atoi(argv[2]);
  size_t bytes = (size_t)in.runs * OUTPUTS * sizeof(double);
  double *out = aligned_alloc(64, (bytes + 63) / 64 * 64);
  for (int i = 0; i < repetitions; i++) {
    double from = now();
    run(&in, out);
    printf("%.9f\n", now() - from);
  }
  for (int o = 0; o < OUTPUTS; o++) {
    double sum = 0;
    for (int i = 0; i < in.runs; i++) sum += out[(size_t)o * in.runs + i];
    printf("mean %.15g\n", sum / in.runs);
  }
  return 0;
}

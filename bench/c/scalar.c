/* One run at a time, libm's exp: what a careful programmer writes in an afternoon. gcc -O3 -march=native -lm. */
#include "regime.h"

typedef double V;
#define K(x) (x)
#define ADD(a, b) ((a) + (b))
#define SUB(a, b) ((a) - (b))
#define MUL(a, b) ((a) * (b))
#define MIN(a, b) ((b) < (a) ? (b) : (a))
#define MAX(a, b) ((a) < (b) ? (b) : (a))
#define EXP(x) exp(x)
#define LOGISTIC(x) (1 / (1 + exp(-(x))))
#include "step.h"

void run(const struct input *in, double *out) {
  const int n = in->runs;
  for (int i = 0; i < n; i++) {
    V p[PARAMETERS], s[STOCKS], done[HAZARDS] = {0, 0, 0, 0}, clock[HAZARDS], used[HAZARDS], first[2] = {STEPS, 0};
    for (int k = 0; k < PARAMETERS; k++) p[k] = in->parameters[(size_t)k * n + i];
    for (int k = 0; k < HAZARDS; k++) clock[k] = -log(uniform(in->seed, in->keys[k], (uint32_t)i, 0));
    memcpy(s, start, sizeof s);
    for (int t = 0; t < STEPS; t++) {
      equations(p, s, done, t, used);
      int due = 0;
      for (int k = 0; k < HAZARDS; k++) due |= done[k] == 0 && clock[k] < used[k];
      if (due) take_turns(s, clock, used, done, first, 1, t);
      for (int k = 0; k < HAZARDS; k++) clock[k] -= used[k];
      clamp(s);
    }
    out[i] = first[0];
    out[(size_t)n + i] = first[1];
    for (int k = 0; k < STOCKS; k++) out[(size_t)(2 + k) * n + i] = s[k];
  }
}

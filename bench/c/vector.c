/* Four runs a vector by hand: AVX2 and FMA, the kernel's own exp (a table of 32 and a polynomial), state in registers and on the stack.
   gcc -O3 -march=native, never -ffast-math; contraction to FMA is the compiler's (-ffp-contract=fast is gcc's rule). */
#include <immintrin.h>
#include "regime.h"

typedef __m256d V;
#define K(x) _mm256_set1_pd(x)
/* Written with operators, so that gcc may fuse a product and a sum. */
#define ADD(a, b) ((a) + (b))
#define SUB(a, b) ((a) - (b))
#define MUL(a, b) ((a) * (b))
#define MIN(a, b) _mm256_min_pd(b, a)
#define MAX(a, b) _mm256_max_pd(b, a)

static double table[64];

static void fill_table(void) {
  for (int j = 0; j < 32; j++) {
    long double exact = exp2l(j / 32.0L);
    double top = (double)exact;
    double tail = (double)((exact - top) / top);
    int64_t bits;
    memcpy(&bits, &top, 8);
    bits -= (int64_t)j << 47;
    memcpy(&table[2 * j], &bits, 8);
    table[2 * j + 1] = tail;
  }
}

/* |x| below 708: the model keeps its arguments there. */
static inline V exp_of(V x) {
  const V magic = K(6755399441055744.0);
  V shifted = x * K(46.16624130844683) + magic;
  V steps = shifted - magic;
  V r = x - steps * K(0.021660849391992087) - steps * K(5.062034433330175e-13);
  __m256i n = _mm256_castpd_si256(shifted);
  __m256i at = _mm256_slli_epi64(_mm256_and_si256(n, _mm256_set1_epi64x(31)), 1);
  __m256i top = _mm256_i64gather_epi64((const long long *)table, at, 8);
  V tail = _mm256_i64gather_pd(table + 1, at, 8);
  V scale = _mm256_castsi256_pd(_mm256_add_epi64(top, _mm256_slli_epi64(n, 47)));
  V q = K(0.5) + r * (K(1.0 / 6) + r * (K(1.0 / 24) + r * (K(1.0 / 120) + r * K(1.0 / 720))));
  return scale + scale * (tail + (r + r * r * q));
}

static inline V logistic_of(V x) { return K(1) / (K(1) + exp_of(K(0) - x)); }

#define EXP(x) exp_of(x)
#define LOGISTIC(x) logistic_of(x)
#include "step.h"

static inline void rare(V s[STOCKS], V clock[HAZARDS], V used[HAZARDS], V done[HAZARDS], V first[2], int due, int t) {
  double ss[STOCKS][4], cc[HAZARDS][4], uu[HAZARDS][4], dd[HAZARDS][4], ff[2][4];
  memcpy(ss, s, sizeof ss);
  memcpy(cc, clock, sizeof cc);
  memcpy(uu, used, sizeof uu);
  memcpy(dd, done, sizeof dd);
  memcpy(ff, first, sizeof ff);
  for (int lane = 0; lane < 4; lane++)
    if (due & (1 << lane)) take_turns(&ss[0][lane], &cc[0][lane], &uu[0][lane], &dd[0][lane], &ff[0][lane], 4, t);
  memcpy(s, ss, sizeof ss);
  memcpy(done, dd, sizeof dd);
  memcpy(first, ff, sizeof ff);
}

void run(const struct input *in, double *out) {
  const int n = in->runs;
  if (table[1] == 0 && table[2] == 0) fill_table();
  for (int i = 0; i + 4 <= n; i += 4) {
    V p[PARAMETERS], s[STOCKS], done[HAZARDS], clock[HAZARDS], used[HAZARDS], first[2] = {K(STEPS), K(0)};
    for (int k = 0; k < PARAMETERS; k++) p[k] = _mm256_loadu_pd(in->parameters + (size_t)k * n + i);
    for (int k = 0; k < HAZARDS; k++) {
      double c[4];
      for (int lane = 0; lane < 4; lane++) c[lane] = -log(uniform(in->seed, in->keys[k], (uint32_t)(i + lane), 0));
      clock[k] = _mm256_loadu_pd(c);
      done[k] = K(0);
    }
    for (int k = 0; k < STOCKS; k++) s[k] = K(start[k]);
    for (int t = 0; t < STEPS; t++) {
      equations(p, s, done, t, used);
      V due = K(0);
      for (int k = 0; k < HAZARDS; k++)
        due = _mm256_or_pd(due, _mm256_and_pd(_mm256_cmp_pd(done[k], K(0), _CMP_EQ_OQ),
                                              _mm256_cmp_pd(clock[k], used[k], _CMP_LT_OQ)));
      int mask = _mm256_movemask_pd(due);
      if (__builtin_expect(mask != 0, 0)) rare(s, clock, used, done, first, mask, t);
      for (int k = 0; k < HAZARDS; k++) clock[k] -= used[k];
      clamp(s);
    }
    _mm256_storeu_pd(out + i, first[0]);
    _mm256_storeu_pd(out + n + i, first[1]);
    for (int k = 0; k < STOCKS; k++) _mm256_storeu_pd(out + (size_t)(2 + k) * n + i, s[k]);
  }
}

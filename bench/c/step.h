/* One step of the equations on vectors of runs; `x` and `y` name the operations so that a scalar and a vector type fit alike. */
static inline void equations(const V p[PARAMETERS], V s[STOCKS], V flags[HAZARDS], double t, V used[HAZARDS]) {
  const V g = s[G], l = s[L], r = s[R], e = s[E], m = s[Mo], c = s[C], a = s[A], pr = s[P];
  const V one = K(1), zero = K(0);
  V a1 = K(t < 24 ? 0 : t > 48 ? 1 : (t - 24) / 24);
  V a2 = MUL(p[0], SUB(one, MUL(MUL(K(4), p[7]), a1)));
  V a3 = MUL(MUL(a2, K(1.0 / 60)), e);
  V a4 = MUL(p[1], ADD(one, pr));
  V a5 = MAX(zero, SUB(ADD(ADD(a4, K(0.35)), MUL(K(0.5), r)), MUL(K(0.6), a3)));
  V a6 = SUB(MUL(K(0.6), a5), MUL(K(0.8), pr));
  V a7 = ADD(K(0.08), MUL(K(0.25), MAX(zero, SUB(one, e))));
  V a8 = LOGISTIC(SUB(ADD(MUL(K(4), SUB(pr, K(0.25))), MUL(K(6), SUB(a7, K(0.12)))), MUL(K(3), p[1])));
  V a9 = SUB(one, EXP(MUL(MUL(K(-2.5), r), p[3])));
  V a10 = MUL(MUL(r, r), SUB(one, a9));
  V a11 = MAX(zero, SUB(K(0.6), l));
  V a12 = MUL(p[2], ADD(ADD(a8, MUL(K(0.8), a10)), MUL(K(0.5), a11)));
  V a13 = MUL(g, ADD(K(0.05), MUL(K(0.1), l)));
  V a14 = ADD(K(0.45), MUL(K(0.3), a9));
  V a15 = LOGISTIC(MUL(K(12), SUB(ADD(g, MUL(K(0.8), m)), a14)));
  V a16 = MUL(MUL(p[4], a15), SUB(one, m));
  V a17 = MUL(m, ADD(K(0.15), MUL(MUL(K(0.5), a9), a)));
  V a18 = LOGISTIC(ADD(MUL(K(5), SUB(a5, K(0.3))), MUL(K(3), SUB(m, K(0.3)))));
  V a19 = MUL(MUL(K(0.16), a18), SUB(one, p[6]));
  V a20 = SUB(MUL(p[8], ADD(ADD(MUL(K(0.4), c), MUL(K(0.4), l)), MUL(K(0.2), MIN(one, a3)))), a);
  V a21 = MIN(one, MAX(K(0.05), SUB(ADD(ADD(K(0.15), MUL(K(0.9), m)), MUL(K(0.3), SUB(one, l))), MUL(K(0.2), flags[2]))));
  V a22 = ADD(SUB(SUB(MUL(K(0.06), SUB(one, e)), MUL(K(0.02), m)), MUL(K(0.015), pr)), MUL(K(0.004), EXP(MUL(K(-3), a5))));
  V a23 = MUL(MUL(K(0.05), SUB(one, l)), EXP(MUL(K(-2), g)));
  V a24 = MUL(l, ADD(ADD(p[5], MUL(K(0.05), a8)), MUL(MUL(K(0.04), r), a15)));
  V a25 = ADD(ADD(MUL(K(0.5), m), MUL(K(0.3), SUB(one, c))), MUL(K(0.2), SUB(one, a)));
  V base = MUL(p[9], K(0.0005));
  used[0] = MUL(base, EXP(ADD(MUL(K(3.5), SUB(one, c)), MUL(K(2), SUB(K(0.6), a)))));
  used[1] = MUL(base, EXP(SUB(MUL(K(5), m), MUL(K(2), a9))));
  used[2] = MUL(K(0.001), EXP(ADD(MUL(K(2), a25), MUL(K(1.5), l))));
  used[3] = MUL(K(0.001), EXP(ADD(MUL(K(1.5), SUB(one, e)), a5)));
  s[G] = ADD(g, SUB(SUB(a12, a13), MUL(MUL(K(0.02), flags[2]), g)));
  s[L] = ADD(l, ADD(SUB(a23, a24), MUL(MUL(K(0.01), flags[2]), SUB(one, l))));
  s[R] = ADD(r, MUL(K(0.25), SUB(a21, r)));
  s[E] = ADD(e, SUB(a22, MUL(MUL(K(0.02), flags[3]), e)));
  s[Mo] = ADD(m, SUB(a16, a17));
  s[C] = ADD(c, SUB(MUL(K(0.03), SUB(p[6], c)), a19));
  s[A] = ADD(a, MUL(K(0.1), a20));
  s[P] = ADD(pr, MUL(K(0.1), a6));
}

static inline void clamp(V s[STOCKS]) {
  static const int unit[] = {G, L, R, Mo, C, A};
  for (int i = 0; i < 6; i++) s[unit[i]] = MIN(K(1), MAX(K(0), s[unit[i]]));
  s[E] = MIN(K(2), MAX(K(0.2), s[E]));
  s[P] = MIN(K(2), MAX(K(0), s[P]));
}

static const double start[STOCKS] = {0.30, 0.55, 0.25, 1, 0.05, 0.70, 0.75, 0.10};

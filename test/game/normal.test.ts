/** Games in normal form: textbook equilibria exactly, methods against each other, regret worked out again. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { approximate, exact } from "#game/field.ts";
import { solveNormal } from "#game/solve-normal.ts";
import { solveLinear } from "#game/linear.ts";
import { mapPayoffs, payoffsAgainst } from "#game/normal-form.ts";
import { twoPlayerEquilibria } from "#game/two-players.ts";
import { bimatrix, q, regretAgain } from "./games.ts";

const fraction = (v: { toFraction(): string }): string => v.toFraction();
const solve = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  solveNormal(exact, bimatrix(a, b), fraction).nash;
const profiles = (list: ReturnType<typeof solve>): readonly string[] =>
  list.solutions.map((s) => (s.exact ?? []).map((own) => own.join(" ")).join(" | ")).toSorted();

test("chicken: both pure equilibria and one third daring (payoffs of Aumann 1974)", () => {
  const found = solve(
    [
      [6, 2],
      [7, 0],
    ],
    [
      [6, 7],
      [2, 0],
    ],
  );
  expect(profiles(found)).toEqual(["0 1 | 1 0", "1 0 | 0 1", "2/3 1/3 | 2/3 1/3"]);
  expect(found.complete).toBe("all");
});

test("matching pennies: half and half; battle of the sexes: two pure ones and 3/5", () => {
  expect(
    profiles(
      solve(
        [
          [1, -1],
          [-1, 1],
        ],
        [
          [-1, 1],
          [1, -1],
        ],
      ),
    ),
  ).toEqual(["1/2 1/2 | 1/2 1/2"]);
  expect(
    profiles(
      solve(
        [
          [3, 0],
          [0, 2],
        ],
        [
          [2, 0],
          [0, 3],
        ],
      ),
    ),
  ).toEqual(["0 1 | 0 1", "1 0 | 1 0", "3/5 2/5 | 2/5 3/5"]);
});

test("inspection: evasion at cost ÷ fine and inspection at gain ÷ fine (Avenhaus, von Stengel & Zamir 2002: only the mixture)", () => {
  // Inspect costs 1 and finds an evader, who pays 4 to the inspector and forgoes its gain of 2.
  const found = solve(
    [
      [3, -1],
      [0, 0],
    ].map((r) => [...r]),
    [
      [-2, 0],
      [2, 0],
    ],
  );
  expect(profiles(found)).toEqual(["1/2 1/2 | 1/4 3/4"]);
});

test("a degenerate game: a segment of equilibria and a point, in two components (von Stengel 2002, example 2.4)", () => {
  const found = solve(
    [
      [3, 3],
      [2, 5],
      [0, 6],
    ],
    [
      [3, 3],
      [2, 6],
      [3, 1],
    ],
  );
  expect(profiles(found)).toEqual(["0 1/3 2/3 | 1/3 2/3", "1 0 0 | 1 0", "1 0 0 | 2/3 1/3"]);
  expect(found.complete).toBe("all-extreme");
  expect(new Set(found.solutions.map((s) => s.component)).size).toBe(2);
});

test("what a pure strategy dominates is listed with that strategy", () => {
  const rows = [[1], [3], [0]];
  const { dominated } = solveNormal(exact, bimatrix(rows, rows), fraction);
  expect(dominated.map((d) => [d.round, d.player, d.strategy, ...d.by])).toEqual([
    [1, 0, 0, 0, 1, 0],
    [1, 0, 2, 1, 0, 0],
  ]);
});

test("strict dominance by a mixture that no pure strategy does, and then what falls after it", () => {
  const { dominated } = solveNormal(
    exact,
    bimatrix(
      [
        [3, 0],
        [0, 3],
        [1, 1],
      ],
      [
        [1, 0],
        [1, 0],
        [0, 9],
      ],
    ),
    fraction,
  );
  expect(dominated.map((d) => [d.round, d.player, d.strategy, ...d.by])).toEqual([
    [1, 0, 2, 0.5, 0.5, 0],
    [2, 1, 1, 1, 0],
    [3, 0, 1, 1, 0, 0],
  ]);
});

const matrix = (m: number, n: number) =>
  fc.array(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: n, maxLength: n }), { minLength: m, maxLength: m });
const games = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([m, n]) => fc.tuple(matrix(m, n), matrix(m, n)))
  .map(([a, b]) => bimatrix(a, b));

test("supports and vertices find the same extreme equilibria, at least one, each without regret; Lemke and Howson's are equilibria", () => {
  fc.assert(
    fc.property(games, (game) => {
      const text = (method: "supports" | "vertices"): readonly string[] =>
        twoPlayerEquilibria(exact, game, method)
          .equilibria.map((e) => e.profile.map((own) => own.map(fraction).join(" ")).join(" | "))
          .toSorted();
      const supports = text("supports");
      expect(supports.length).toBeGreaterThan(0);
      expect(text("vertices")).toEqual(supports);
      for (const method of ["supports", "lemke-howson"] as const)
        for (const { profile } of twoPlayerEquilibria(exact, game, method).equilibria)
          expect(
            regretAgain(
              game,
              profile.map((own) => own.map((p) => p.valueOf())),
            ),
          ).toBeLessThan(1e-12);
    }),
    { numRuns: 150 },
  );
});

test("of thirty by thirty every path of Lemke and Howson is followed, to equilibria that are exact", () => {
  let state = 7;
  const next = (): number => (state = (state * 16807) % 2147483647) % 50;
  const random = (): readonly (readonly number[])[] =>
    Array.from({ length: 30 }, () => Array.from({ length: 30 }, next));
  const game = bimatrix(random(), random());
  const { equilibria, paths } = twoPlayerEquilibria(exact, game);
  expect(paths).toEqual({ followed: 60, of: 60 });
  expect(equilibria.length).toBeGreaterThan(1);
  for (const { profile } of equilibria) {
    for (const own of profile) expect(own.reduce((t, p) => t.add(p)).equals(1)).toBe(true);
    for (const player of [0, 1]) {
      const worth = payoffsAgainst(exact, game, player, profile);
      const best = worth.reduce((a, b) => (a.compare(b) >= 0 ? a : b));
      profile[player]?.forEach((p, s) => expect(p.equals(0) || worth[s]?.equals(best)).toBe(true));
    }
  }
});

test("linear equations in fractions, against those of Python for a matrix of Hilbert", () => {
  const n = 8;
  const hilbert = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_unused, j) => q(`1/${i + j + 1}`)));
  const one = Array.from({ length: n }, () => q(1));
  // The sums of the rows of the inverse, by Python's fractions.
  expect(solveLinear(exact, hilbert, one)?.map((x) => x.toFraction())).toEqual(
    [-8, 504, -7560, 46200, -138600, 216216, -168168, 51480].map(String),
  );
  expect(
    solveLinear(
      exact,
      [
        [q(1), q(2)],
        [q(2), q(4)],
      ],
      [q(1), q(1)],
    ),
  ).toBeNull();
});

// Pure coordination of n: any set of strategies, mixed evenly, is an equilibrium, and there is no other: 2ⁿ − 1 of them, each by itself.
test.each([
  [4, "support enumeration", 15],
  [6, "support enumeration", 63],
  [7, "vertex enumeration", 127],
])("coordination of %d by %s has all its %d equilibria", (n, method, count) => {
  const rows = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
  const { nash } = solveNormal(exact, bimatrix(rows, rows), fraction);
  expect([nash.method, nash.complete, nash.solutions.length]).toEqual([method, "all", count]);
  for (const s of nash.solutions) expect(s.regret).toBe(0);
});

test("beyond ten by ten: Lemke and Howson's paths from every label, and no claim to be whole", () => {
  const n = 12;
  const rows = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
  const game = bimatrix(
    rows,
    rows.map((r) => r.map((x) => -x)),
  );
  const { nash } = solveNormal(exact, game, fraction);
  expect([nash.method, nash.complete]).toEqual(["Lemke–Howson from every label", "some"]);
  // Matching pennies of twelve: only even odds.
  expect(nash.solutions.map((s) => s.exact)).toEqual([[Array(n).fill("1/12"), Array(n).fill("1/12")]]);
  for (const s of nash.solutions) expect(regretAgain(game, s.profile)).toBeLessThan(1e-12);
});

test.each([
  [3, 40],
  [4, 12],
])(
  "%d players: every printed profile is one, by regret worked out again; doubles serve as well",
  (players, numRuns) => {
    const cells = { minLength: 2 ** players, maxLength: 2 ** players };
    const cube = fc.array(fc.integer({ min: 0, max: 9 }), cells);
    fc.assert(
      fc.property(fc.array(cube, { minLength: players, maxLength: players }), (payoffs) => {
        const game = {
          title: "",
          comment: "",
          players: payoffs.map((_, i) => ({ name: `P${i}`, strategies: ["0", "1"] })),
          payoffs: payoffs.map((own) => own.map(q)),
        };
        const { nash, logit } = solveNormal(
          approximate(1e-12),
          mapPayoffs(game, (v) => v.valueOf()),
          null,
        );
        expect(nash.complete).toBe("all-pure");
        for (const s of nash.solutions) expect(regretAgain(game, s.profile)).toBeLessThan(2e-9);
        for (const s of logit.solutions) {
          expect(s.regret).toBeGreaterThanOrEqual(0);
          expect(Math.abs(regretAgain(game, s.profile) - s.regret)).toBeLessThan(1e-9);
        }
      }),
      { numRuns },
    );
  },
);

test("three players of matching pennies (Jordan 1993) have one equilibrium, all at half", () => {
  const at = (a: number, b: number): number => (a === b ? 1 : -1);
  const cells = Array.from({ length: 8 }, (_, k) => [k & 1, (k >> 1) & 1, k >> 2] as const);
  const game = {
    title: "",
    comment: "",
    players: ["A", "B", "C"].map((name) => ({ name, strategies: ["0", "1"] })),
    payoffs: [cells.map(([a, b]) => at(a, b)), cells.map(([, b, c]) => at(b, c)), cells.map(([a, , c]) => -at(a, c))],
  };
  const { nash } = solveNormal(approximate(1e-12), game, null);
  expect(nash.solutions).toHaveLength(1);
  for (const p of nash.solutions[0]?.profile.flat() ?? []) expect(p).toBeCloseTo(0.5, 9);
});

test("logit equilibria are fixed points of p ∝ exp(λ u ÷ range), recomputed; even odds at 0", () => {
  const game = bimatrix(
    [
      [9, -1],
      [-1, 1],
    ],
    [
      [-1, 1],
      [1, -1],
    ],
  );
  const { logit } = solveNormal(exact, game, fraction);
  expect(logit.solutions.map((s) => s.lambda)).toEqual([0, 1, 2, 5, 10, 20, 50]);
  expect(logit.solutions[0]?.profile).toEqual([
    [0.5, 0.5],
    [0.5, 0.5],
  ]);
  for (const { profile, lambda } of logit.solutions) {
    const [[x = 0] = [], [y = 0] = []] = profile;
    const odds = (gain: number, range: number): number => 1 / (1 + Math.exp((-(lambda ?? 0) * gain) / range));
    expect(x).toBeCloseTo(odds(9 * y - (1 - y) - (-y + (1 - y)), 10), 9);
    expect(y).toBeCloseTo(odds(-x + (1 - x) - (x - (1 - x)), 2), 9);
  }
});

test("a wrong profile has regret: the guard can fail", () => {
  expect(
    regretAgain(
      bimatrix(
        [
          [1, -1],
          [-1, 1],
        ],
        [
          [-1, 1],
          [1, -1],
        ],
      ),
      [
        [1, 0],
        [1, 0],
      ],
    ),
  ).toBe(1);
});

/** Games in other units and with something added to every payoff: the equilibria are the same, exact and in doubles; so are logit equilibria. */

import { describe, expect, test } from "vitest";
import { exact, nearestDouble, rationalOf, type RationalNumber } from "#game/field.ts";
import { writtenRational } from "#game/gambit-tokens.ts";
import { mapPayoffs, type NormalForm } from "#game/normal-form.ts";
import { solveNormal, type NormalSolved } from "#game/solve-normal.ts";
import { fieldInUnits } from "#game/units.ts";

/** Row's payoffs, Column's, and how many extreme equilibria the textbooks give. */
const textbook: readonly (readonly [
  name: string,
  row: readonly (readonly number[])[],
  column: readonly (readonly number[])[],
  extreme: number,
])[] = [
  [
    "prisoner's dilemma (Tucker 1950)",
    [
      [-1, -3],
      [0, -2],
    ],
    [
      [-1, 0],
      [-3, -2],
    ],
    1,
  ],
  [
    "battle of the sexes (Luce & Raiffa 1957)",
    [
      [2, 0],
      [0, 1],
    ],
    [
      [1, 0],
      [0, 2],
    ],
    3,
  ],
  [
    "chicken (Rapoport & Chammah 1966)",
    [
      [0, -1],
      [1, -10],
    ],
    [
      [0, 1],
      [-1, -10],
    ],
    3,
  ],
  [
    "stag hunt (Rousseau; Harsanyi & Selten 1988)",
    [
      [9, 0],
      [8, 7],
    ],
    [
      [9, 8],
      [0, 7],
    ],
    3,
  ],
  [
    "matching pennies (von Neumann 1928)",
    [
      [1, -1],
      [-1, 1],
    ],
    [
      [-1, 1],
      [1, -1],
    ],
    1,
  ],
  [
    "rock, paper, scissors",
    [
      [0, -1, 1],
      [1, 0, -1],
      [-1, 1, 0],
    ],
    [
      [0, 1, -1],
      [-1, 0, 1],
      [1, -1, 0],
    ],
    1,
  ],
  [
    "hawk and dove (Maynard Smith & Price 1973), V 2, C 4",
    [
      [-1, 2],
      [0, 1],
    ],
    [
      [-1, 0],
      [2, 1],
    ],
    3,
  ],
  [
    "pure coordination on three",
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    7,
  ],
  [
    "inspection (Avenhaus, von Stengel & Zamir 2002)",
    [
      [0, -10],
      [-1, -6],
    ],
    [
      [0, 10],
      [0, -90],
    ],
    1,
  ],
  [
    "entry deterrence as a strategic form (Selten 1978)",
    [
      [0, 0],
      [1, -1],
    ],
    [
      [2, 2],
      [1, -1],
    ],
    3,
  ],
  [
    "correlation (Aumann 1974)",
    [
      [6, 2],
      [7, 0],
    ],
    [
      [6, 7],
      [2, 0],
    ],
    3,
  ],
  [
    "dominance in two rounds (Fudenberg & Tirole 1991, 1.1)",
    [
      [4, 5, 6],
      [2, 8, 3],
      [3, 9, 2],
    ],
    [
      [3, 1, 2],
      [1, 4, 6],
      [0, 6, 8],
    ],
    1,
  ],
  [
    "no convergence of play (Shapley 1964)",
    [
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ],
    [
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ],
    1,
  ],
  [
    "deadlock",
    [
      [1, 0],
      [3, 2],
    ],
    [
      [1, 3],
      [0, 2],
    ],
    1,
  ],
  [
    "assurance with a cheap exit",
    [
      [5, -5],
      [0, 0],
    ],
    [
      [5, 0],
      [-5, 0],
    ],
    3,
  ],
];

const scales = [1e-9, 1e-3, 1, 1e6, 1e12];
const offsets = [0, 1, 1e3, 1e6, 1e9];

function gameOf(row: readonly (readonly number[])[], column: readonly (readonly number[])[]): NormalForm<number> {
  const cells = (matrix: readonly (readonly number[])[]): number[] =>
    (matrix[0] ?? []).flatMap((_, j) => matrix.map((r) => r[j] as number));
  return {
    title: "",
    comment: "",
    players: [row.length, row[0]?.length ?? 0].map((size, p) => ({
      name: `${p}`,
      strategies: Array.from({ length: size }, (_, i) => `${i}`),
    })),
    payoffs: [cells(row), cells(column)],
  };
}

/** Profiles as text, in one order. */
function profilesOf({ nash }: NormalSolved): readonly string[] {
  return nash.solutions
    .map((s) => s.profile.map((own) => own.map((p) => p.toFixed(9)).join(" ")).join(" | "))
    .toSorted();
}

function logitOf({ logit }: NormalSolved): readonly number[] {
  return logit.solutions.flatMap((s) => [s.lambda ?? -1, ...s.profile.flat()]);
}

function sameLogit(a: NormalSolved, b: NormalSolved, digits: number): void {
  const [x, y] = [logitOf(a), logitOf(b)];
  expect(y.length).toBe(x.length);
  x.forEach((v, i) => expect(y[i]).toBeCloseTo(v, digits));
}

describe.each(textbook)("%s", (_, row, column, extreme) => {
  const game = gameOf(row, column);
  const base = solveNormal(exact, mapPayoffs(game, rationalOf), writtenRational);

  test("has as many extreme equilibria as are known, and a logit branch to λ = 50", () => {
    expect(base.nash.solutions).toHaveLength(extreme);
    for (const s of base.nash.solutions) expect(s.regret).toBe(0);
    expect(base.logit.solutions.map((s) => s.lambda)).toEqual([0, 1, 2, 5, 10, 20, 50]);
  });

  test("exact: any offset and scale, each player's own", () => {
    for (const [i, scale] of scales.entries())
      for (const offset of offsets) {
        const [s, o] = [rationalOf(scale), rationalOf(offset)];
        const moved = mapPayoffs(game, (u, p): RationalNumber =>
          p === 0
            ? rationalOf(u).mul(s).add(o)
            : rationalOf(u)
                .mul(rationalOf(scales[(i + 2) % 5] as number))
                .sub(o),
        );
        const found = solveNormal(exact, moved, writtenRational);
        expect(found.nash.solutions.map((x) => x.exact)).toEqual(base.nash.solutions.map((x) => x.exact));
        expect(found.nash.complete).toBe(base.nash.complete);
        sameLogit(base, found, 9);
        found.nash.solutions.forEach((x, k) => {
          const own = rationalOf(base.nash.solutions[k]?.payoffs[0] ?? NaN)
            .mul(s)
            .add(o);
          expect(x.payoffs[0]).toBeCloseTo(nearestDouble(own), 6 - Math.max(0, Math.log10(scale)));
        });
      }
  });

  test("in doubles: the same, as far as a double can tell two payoffs apart", () => {
    for (const scale of scales)
      for (const offset of offsets) {
        const moved = mapPayoffs(game, (u) => (u + offset) * scale);
        const found = solveNormal(fieldInUnits(moved.payoffs), moved, null);
        expect(profilesOf(found).length).toBe(extreme);
        for (const s of found.nash.solutions) expect(s.regret).toBeLessThan(1e-6);
        sameLogit(base, found, offset > 1e6 ? 4 : 6);
      }
  });
});

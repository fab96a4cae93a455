/** Trees: textbook refinements, and crisis bargaining against its closed forms. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { agentsOfTree, toBehaviour } from "#game/agents.ts";
import { treeRegret } from "#game/behaviour.ts";
import { forgetful, mapTree, type ExtensiveForm, type TreeNode } from "#game/extensive.ts";
import { approximate, exact, type RationalNumber } from "#game/field.ts";
import { logitByInduction } from "#game/logit-induction.ts";
import { followPath } from "#game/logit.ts";
import { subgamePerfect } from "#game/subgame-perfect.ts";
import type { SolutionList } from "#game/solution.ts";
import { solveTree } from "#game/solve-tree.ts";
import { emptyThreats } from "#game/threats.ts";
import { Refused } from "#text/refused.ts";
import { chance, end, move, tree, treeRegretAgain } from "./games.ts";

const fraction = (v: RationalNumber): string => v.toFraction();
const solve = (game: ExtensiveForm<RationalNumber>) => solveTree(exact, game, fraction);
const shown = (list: SolutionList | null): readonly string[] =>
  (list?.solutions ?? []).map((s) =>
    (s.exact ?? s.profile.map((own) => own.map(String))).map((own) => own.join(" ")).join(" | "),
  );

/** Every profile of every list but the logit fan: no regret, worked out again from the definition. */
function certify(game: ExtensiveForm<RationalNumber>): void {
  const { nash, sequential, subgamePerfect, logit } = solve(game);
  // Exact lists to the rounding of doubles; the candidate, found in doubles, to the tolerance that it is called an equilibrium by.
  for (const list of [nash, subgamePerfect])
    for (const s of list?.solutions ?? []) expect(treeRegretAgain(game, s.profile)).toBeLessThan(1e-12);
  for (const s of sequential?.solutions ?? []) expect(treeRegretAgain(game, s.profile)).toBeLessThan(2e-9);
  for (const s of logit.solutions) expect(Math.abs(treeRegretAgain(game, s.profile) - s.regret)).toBeLessThan(1e-9);
}

// Entry deterrence (Selten 1978, one market): stay out 0, 2; enter and fight −1, −1; enter and share 1, 1.
const entry = tree(
  2,
  [
    [0, "out", "in"],
    [1, "fight", "share"],
  ],
  move(0, end(0, 2), move(1, end(-1, -1), end(1, 1))),
);

test("entry deterrence: staying out is an equilibrium that rests on a threat nobody would carry out", () => {
  const { nash, subgamePerfect, sequential } = solve(entry);
  expect(sequential).toBeNull();
  expect(shown(subgamePerfect)).toEqual(["0 1 | 0 1"]);
  expect(subgamePerfect?.complete).toBe("all");
  const out = nash?.solutions.filter((s) => s.profile[0]?.[0] === 1) ?? [];
  expect(out.length).toBeGreaterThan(0);
  for (const s of out) expect(s.localRegret ?? 0).toBeGreaterThan(0);
  const doubles = { ...entry, root: mapTree(entry.root, (v: RationalNumber) => v.valueOf()) };
  expect(
    emptyThreats(doubles, [
      [1, 0],
      [1, 0],
    ]),
  ).toEqual([{ set: 1, player: 1, actions: [0], cost: 2 }]);
  expect(
    emptyThreats(doubles, [
      [0, 1],
      [0, 1],
    ]),
  ).toEqual([]);
  certify(entry);
});

test("what has no chance of coming changes no logit equilibrium, whatever it would pay", () => {
  const sail = (set: number, open: number, shut: number): TreeNode<RationalNumber> =>
    move(set, move(2, end(open, -open), end(shut, -shut)), end(0, 0));
  const sets = [
    [0, "sail", "wait"],
    [0, "sail", "wait"],
    [1, "open", "shut"],
  ] as const;
  const living = [
    ["1/2", sail(0, 3, -1)],
    ["1/2", sail(1, -2, 1)],
  ] as const;
  const alone = solve(tree(2, sets, chance(...living))).logit.solutions;
  const beside = tree(2, [...sets, [0, "sail", "wait"]], chance(...living, ["0", sail(3, 1e6, -1e6)]));
  const withDead = solve(beside).logit.solutions;
  expect(withDead.length).toBe(alone.length);
  for (const [i, { profile }] of alone.entries())
    for (const set of [0, 1, 2])
      expect(withDead[i]?.profile[set]?.[0], `λ ${i}, set ${set}`).toBeCloseTo(profile[set]?.[0] ?? NaN, 6);
});

test("centipede (Rosenthal 1981): the first player takes at once, and so would everyone after", () => {
  const stop = (k: number): TreeNode<RationalNumber> => (k % 2 === 0 ? end(k + 1, k - 1) : end(k - 1, k + 1));
  const node = (k: number): TreeNode<RationalNumber> => (k === 6 ? end(6, 6) : move(k, stop(k), node(k + 1)));
  const game = tree(
    2,
    Array.from({ length: 6 }, (_, k) => [k % 2, "take", "pass"] as const),
    node(0),
  );
  const { subgamePerfect } = solve(game);
  expect(subgamePerfect?.solutions[0]?.payoffs).toEqual([1, -1]);
  expect(shown(subgamePerfect)[0]).toBe(Array.from({ length: 6 }, () => "1 0").join(" | "));
  certify(game);
});

test("Selten's horse (1975): the sequential candidate is (C, c, R); (D, c, L) is an equilibrium but no candidate", () => {
  const horse = tree(
    3,
    [
      [0, "D", "C"],
      [1, "d", "c"],
      [2, "L", "R"],
    ],
    move(0, move(2, end(3, 3, 2), end(0, 0, 0)), move(1, move(2, end(4, 4, 0), end(0, 0, 1)), end(1, 1, 1))),
  );
  const { nash, sequential, perfectInformation } = solve(horse);
  expect(perfectInformation).toBe(false);
  const [found] = sequential?.solutions ?? [];
  expect(found?.profile.slice(0, 2)).toEqual([
    [0, 1],
    [0, 1],
  ]);
  // Player 3 may take L with a chance of at most one quarter.
  expect(found?.profile[2]?.[0] ?? 1).toBeLessThanOrEqual(0.25);
  expect(found?.localRegret ?? 1).toBeLessThan(1e-3);
  expect(shown(nash)).toContain("1 0 | 0 1 | 1 0");
  certify(horse);
});

test("beer and quiche (Cho & Kreps 1987): both pooling outcomes are equilibria, and the candidate is one of them", () => {
  // Strong with .9 prefers beer; weak prefers quiche; a duel costs either 2; the other duels only against the weak.
  const reply = (
    set: number,
    quiet: readonly [number, number],
    duel: readonly [number, number],
  ): TreeNode<RationalNumber> => move(set, end(...duel), end(...quiet));
  const game = tree(
    2,
    [
      [0, "beer", "quiche"],
      [0, "beer", "quiche"],
      [1, "duel", "leave"],
      [1, "duel", "leave"],
    ],
    chance(
      ["0.9", move(0, reply(2, [3, 1], [1, 0]), reply(3, [2, 1], [0, 0]))],
      ["0.1", move(1, reply(2, [2, 0], [0, 1]), reply(3, [3, 0], [1, 1]))],
    ),
  );
  const { nash, sequential } = solve(game);
  const pooling = (drink: 0 | 1): boolean =>
    nash?.solutions.some((s) => s.profile[0]?.[drink] === 1 && s.profile[1]?.[drink] === 1) === true;
  expect([pooling(0), pooling(1)]).toEqual([true, true]);
  expect(nash?.complete).toBe("all-extreme");
  const [candidate] = sequential?.solutions ?? [];
  expect([0, 1].some((d) => candidate?.profile[0]?.[d] === 1 && candidate.profile[1]?.[d] === 1)).toBe(true);
  certify(game);
});

test("Fearon's range (1995): peace on an offer x to A is stable just where p − cA ≤ x ≤ p + cB", () => {
  const [p, a, b] = [50, 20, 10];
  for (let x = 20; x <= 80; x += 5) {
    const war = end(p - a, 100 - p - b);
    const game = tree(
      2,
      [
        [0, "war", "peace"],
        [1, "war", "peace"],
      ],
      move(0, war, move(1, war, end(x, 100 - x))),
    );
    const peace = solve(game).subgamePerfect?.solutions.some((s) => s.profile.every((own) => own[1] === 1)) === true;
    expect([x, peace]).toEqual([x, p - a <= x && x <= p + b]);
  }
});

// A demands x, B accepts or fights; B's cost of war is uniform on 0..C and its own secret. A's gain from the demand d = x − p is
// (p + d)(1 − d/C) + (p − cA) d/C, largest at d = (C − cA)/2, so P(war) = (C − cA)/(2C), whatever p. With n types at the middles of n equal
// stretches the share that fights a demand of p + k/n is exactly k/n, so the grid has the same optimum.
test.each([0.2, 0.4, 0.5])("ultimatum, p = %d: demand p + (C − cA)/2 and war with (C − cA)/(2C)", (p) => {
  const [types, cost] = [10, 0.2];
  const demands = Array.from({ length: 6 }, (_, k) => k / types);
  const node = (set: number, d: number, t: number): TreeNode<RationalNumber> =>
    move(
      set,
      end((p + d).toFixed(3), (1 - p - d).toFixed(3)),
      end((p - cost).toFixed(3), (1 - p - (t + 0.5) / types).toFixed(3)),
    );
  const sets = [
    [0, ...demands.map(String)],
    ...demands.flatMap((d) => Array.from({ length: types }, (_, t) => [1, `accept ${d} ${t}`, "fight"])),
  ] as const;
  const game = tree(
    2,
    sets as never,
    chance(
      ...Array.from(
        { length: types },
        (_, t) => ["1/10", move(0, ...demands.map((d, k) => node(1 + k * types + t, d, t)))] as const,
      ),
    ),
  );
  const list = solve(game).subgamePerfect;
  expect(list?.complete).toBe("all");
  const [best] = list?.solutions ?? [];
  expect(demands[best?.profile[0]?.indexOf(1) ?? -1]).toBe((1 - cost) / 2);
  const fights = Array.from({ length: types }, (_, t) => best?.profile[1 + 4 * types + t]?.[1] ?? Number.NaN);
  expect(fights.reduce((x, y) => x + y, 0) / types).toBe((1 - cost) / (2 * 1));
});

// Signalling with audience costs (after Fearon 1994, Schultz 1999). The prize is 1. A is strong with s = .3; backing down after resistance costs
// a = .25; B's war is worth −.3; strong A's war .1, weak A's −.6. The weak bluff so that B is indifferent: posterior r of weak among
// challengers has r·1 − (1 − r)·.3 = 0, so bluff = .3 s ÷ (1 − s) = 9/70. B resists so that bluffing is worth nothing: 1 − q − a q = 0, q = 1/1.25 = .8.
// War comes of the strong, resisted: s q = .24.
test("audience-cost signalling: bluff 9/70, resist .8, war .24", () => {
  const type = (own: number, set: number, back: number): TreeNode<RationalNumber> =>
    move(set, end(0, 1), move(4, end(1, 0), move(back, end(own, "-0.3"), end("-0.25", 1))));
  const game = tree(
    2,
    [
      [0, "quiet", "challenge"],
      [0, "quiet", "challenge"],
      [0, "fight", "back down"],
      [0, "fight", "back down"],
      [1, "concede", "resist"],
    ],
    chance(["0.3", type(0.1, 0, 2)], ["0.7", type(-0.6, 1, 3)]),
  );
  const { sequential, nash } = solve(game);
  for (const profile of [sequential?.solutions[0]?.profile]) {
    expect(profile?.[0]?.[1]).toBeCloseTo(1, 9);
    expect(profile?.[1]?.[1]).toBeCloseTo(9 / 70, 9);
    expect(profile?.[4]?.[1]).toBeCloseTo(0.8, 9);
    expect(0.3 * (profile?.[0]?.[1] ?? 0) * (profile?.[4]?.[1] ?? 0) * (profile?.[2]?.[0] ?? 0)).toBeCloseTo(0.24, 9);
  }
  expect(nash?.solutions.some((s) => s.exact?.[1]?.[1] === "9/70" && s.exact[4]?.[1] === "4/5")).toBe(true);
  certify(game);
});

// Zagare & Kilgour (1993): the challenger holds back when the defender is hard (fights rather than concedes) with at least
// (gain − status quo) ÷ (gain − conflict). Here (2 − 1) ÷ (2 + 1) = 1/3.
test.each([
  ["0.32", "challenge"],
  ["0.34", "hold back"],
])("unilateral deterrence, hard with %s: %s", (hard, wanted) => {
  const type = (conflict: number, set: number): TreeNode<RationalNumber> =>
    move(0, end(1, 1), move(set, end(2, 0), end(-1, conflict)));
  const game = tree(
    2,
    [
      [0, "hold back", "challenge"],
      [1, "concede", "fight"],
      [1, "concede", "fight"],
    ],
    chance([hard, type(0.5, 1)], [(1 - Number(hard)).toFixed(2), type(-2, 2)]),
  );
  const [found] = solve(game).subgamePerfect?.solutions ?? [];
  expect(found?.profile[0]?.[wanted === "challenge" ? 1 : 0]).toBe(1);
});

// Signorino (1999): agents err with type I extreme value shocks of such a spread that log odds are utility differences ÷ √2.
test("Signorino's agent-error logit is the logit equilibrium of the agents at λ = 1/√2", () => {
  const root = mapTree(move(0, end(1, 0), move(1, end(3, 1), end(-2, 2.5))), (v: RationalNumber) => v.valueOf());
  const game = {
    ...tree(
      2,
      [
        [0, "a", "b"],
        [1, "c", "d"],
      ],
      end(0, 0),
    ),
    root,
  };
  const system = agentsOfTree(game, [
    { low: 0, scale: 1 },
    { low: 0, scale: 1 },
  ]);
  const lambda = 1 / Math.SQRT2;
  const [point] = followPath({ system, wanted: [lambda], furthest: 1 }).at;
  const behaviour = toBehaviour(system, point?.logs ?? new Float64Array(4));
  const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
  const d = logistic(1.5 / Math.SQRT2);
  expect(behaviour[1]?.[1]).toBeCloseTo(d, 10);
  expect(behaviour[0]?.[1]).toBeCloseTo(logistic((3 * (1 - d) - 2 * d - 1) / Math.SQRT2), 10);
});

test("where all is known, the logit equilibria worked out from the ends are those that the path comes by", () => {
  const dead = move(3, end(1e6, -1e6), end(0, 0));
  const root = move(
    0,
    chance(["1/3", move(1, end(3, 1), end(-2, 2.5))], ["2/3", end(1, 0)], ["0", dead]),
    move(2, end(0, 4), move(4, end(2, 2), end(5, -1), end(2, 0)), end(1, 1)),
  );
  const sets = [
    [0, "a", "b"],
    [1, "a", "b"],
    [1, "a", "b", "c"],
    [0, "a", "b"],
    [0, "a", "b", "c"],
  ] as const;
  const game = { ...tree(2, sets, end(0, 0)), root: mapTree(root, (v: RationalNumber) => v.valueOf()) };
  const scales = [
    { low: -2, scale: 1 / 7 },
    { low: -1, scale: 1 / 5 },
  ];
  const scalesOfNever = [
    { low: -2, scale: 1e-6 },
    { low: -1e6, scale: 1e-6 },
  ];
  const system = agentsOfTree(game, scales, scalesOfNever);
  const wanted = [0, 0.5, 3, 20];
  const path = followPath({ system, wanted, furthest: 21 });
  for (const [i, lambda] of wanted.entries()) {
    const followed = toBehaviour(system, path.at[i]?.logs ?? new Float64Array(0));
    logitByInduction({ game, scales, scalesOfNever, lambda }).forEach((own, set) =>
      own.forEach((p, a) => expect(p, `λ ${lambda}, set ${set}`).toBeCloseTo(followed[set]?.[a] ?? Number.NaN, 9)),
    );
  }
});

test("four moves of four options, nobody ever caring: 512 of the ways are kept, and it is said that there are more", () => {
  const all: (readonly [number, ...string[]])[] = [];
  const from = (depth: number): TreeNode<RationalNumber> => {
    if (depth === 4) return end(0, 0, 0, 1);
    const set = all.push([depth, "a", "b", "c", "d"]) - 1;
    return move(set, from(depth + 1), from(depth + 1), from(depth + 1), from(depth + 1));
  };
  const root = from(0);
  const found = subgamePerfect(exact, tree(4, all, root));
  expect(found?.equilibria.length).toBe(512);
  expect(found?.complete).toBe("some");
  expect(found?.why).toContain("more than 512 ways of breaking ties");
});

test("a path that costs more than it may is given up, and what it came by stands", () => {
  const game = tree(2, [[0, "a", "b"]], move(0, end(1, 0), end(3, 1)));
  const system = agentsOfTree(
    { ...game, root: mapTree(game.root, (v: RationalNumber) => v.valueOf()) },
    [0, 1].map(() => ({ low: 0, scale: 1 })),
  );
  const wanted = [0, 1, 1000];
  const whole = followPath({ system, wanted, furthest: 1001 });
  expect(whole.state).toBe("reached");
  const cut = followPath({ system, wanted, furthest: 1001, most: whole.work / 2 });
  expect(cut.state).toBe("stalled");
  expect(cut.work).toBeLessThan(whole.work);
  expect(cut.at.map((point) => point?.lambda ?? null)).toEqual([0, 1, null]);
  expect(cut.at[1]).toEqual(whole.at[1]);
});

const sorted = (profiles: readonly (readonly (readonly number[])[])[]): readonly string[] =>
  [...new Set(profiles.map((p) => p.map((own) => own.join(" ")).join(" | ")))].toSorted();

/** Every pure behaviour. */
function pureBehaviours(game: ExtensiveForm<RationalNumber>): readonly (readonly (readonly number[])[])[] {
  return game.sets.reduce(
    (all: readonly (readonly (readonly number[])[])[], { actions }) =>
      all.flatMap((b) => actions.map((_, a) => [...b, actions.map((__, k) => (k === a ? 1 : 0))])),
    [[]],
  );
}

test("ties of backward induction are kept as sets: every subgame-perfect equilibrium in pure strategies, by going through all behaviours", () => {
  fc.assert(
    fc.property(randomTree, (raw) => {
      const game = build(raw);
      fc.pre(game.sets.length > 0 && game.sets.length < 6);
      const list = solve(game).subgamePerfect;
      // Small whole payoffs tie often. Kept whole: no such tree has 512 ways.
      expect(list?.complete).not.toBe("some");
      const isPure = (p: readonly (readonly number[])[]): boolean =>
        p.every((own) => own.every((x) => x === 0 || x === 1));
      const wanted = pureBehaviours(game).filter((b) => isPerfectAgain(game, b));
      expect(sorted((list?.solutions ?? []).map((s) => s.profile).filter(isPure))).toEqual(sorted(wanted));
      if (list?.complete === "all") expect(wanted.length).toBe(list.solutions.length);
    }),
    { numRuns: 80 },
  );
});

/** Perfect information: nobody gains at any single move (the one-deviation principle), worked out apart from the solvers. */
function isPerfectAgain(game: ExtensiveForm<RationalNumber>, b: readonly (readonly number[])[]): boolean {
  const worth = (node: TreeNode<RationalNumber>): readonly number[] => {
    const own = game.players.map((_, p) => node.payoffs?.[p]?.valueOf() ?? 0);
    if (node.kind === "terminal") return own;
    const parts =
      node.kind === "chance"
        ? node.moves.map((m) => [m.chance.valueOf(), worth(m.next)] as const)
        : node.next.map((n, a) => [b[node.set]?.[a] ?? 0, worth(n)] as const);
    return own.map((v, p) => v + parts.reduce((t, [w, below]) => t + w * (below[p] ?? 0), 0));
  };
  const holds = (node: TreeNode<RationalNumber>): boolean => {
    if (node.kind === "terminal") return true;
    if (node.kind === "chance") return node.moves.every((m) => holds(m.next));
    const player = game.sets[node.set]?.player ?? 0;
    const each = node.next.map((n) => worth(n)[player] ?? 0);
    const chosen = each[(b[node.set] ?? []).indexOf(1)] ?? Number.NaN;
    return Math.max(...each) <= chosen + 1e-12 && node.next.every(holds);
  };
  return holds(game.root);
}

test("the label says what a list holds: a tie at the root leaves extreme ones, one below it all pure ones", () => {
  const sets = [
    [0, "a", "b"],
    [1, "c", "d"],
  ] as const;
  const atRoot = tree(2, sets, move(0, end(1, 0), move(1, end(1, 1), end(0, 0))));
  expect(solve(atRoot).subgamePerfect).toMatchObject({ complete: "all-extreme", why: null });
  expect(solve(atRoot).subgamePerfect?.solutions).toHaveLength(2);
  const below = tree(2, sets, move(0, end(1, 0), move(1, end(2, 1), end(0, 1))));
  const list = solve(below).subgamePerfect;
  expect(list).toMatchObject({ complete: "all-pure", why: expect.stringContaining("indifferent") });
  expect(shown(list)).toEqual(["0 1 | 1 0", "1 0 | 0 1"]);
  // Player 2 mixing at one half makes player 1 indifferent too: equilibria that no list of pure ones holds.
  expect(
    treeRegretAgain(below, [
      [0.5, 0.5],
      [0.5, 0.5],
    ]),
  ).toBe(0);
});

test("three who decide at once: all pure equilibria are there, and only that is claimed", () => {
  // A majority of three: each gets 1 for being with the majority. All alike, both ways; and the mixed one at half is no part of the claim.
  const leaf = (votes: readonly number[]): TreeNode<RationalNumber> => {
    const most = votes.filter((v) => v === 1).length >= 2 ? 1 : 0;
    return end(...votes.map((v) => (v === most ? 1 : 0)));
  };
  const third = (a: number, b: number): TreeNode<RationalNumber> => move(2, leaf([a, b, 0]), leaf([a, b, 1]));
  const second = (a: number): TreeNode<RationalNumber> => move(1, third(a, 0), third(a, 1));
  const game = tree(
    3,
    [
      [0, "no", "yes"],
      [1, "no", "yes"],
      [2, "no", "yes"],
    ],
    move(0, second(0), second(1)),
  );
  const { nash, subgamePerfect } = solve(game);
  for (const list of [nash, subgamePerfect]) {
    expect(list?.complete).toBe("all-pure");
    expect(sorted((list?.solutions ?? []).map((s) => s.profile))).toEqual(["0 1 | 0 1 | 0 1", "1 0 | 1 0 | 1 0"]);
  }
  certify(game);
});

test("who forgets is named, and refused", () => {
  const game = tree(1, [[0, "a", "b"]], move(0, move(0, end(1), end(2)), move(0, end(3), end(4))));
  expect(forgetful(game)).toBe(0);
  expect(() => solve(game)).toThrow(Refused);
});

const randomTree = fc.letrec<{ node: { kind: "end" | "move" | "chance"; payoffs: number[]; next: unknown[] } }>(
  (tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({
        kind: fc.constant("end" as const),
        payoffs: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 2 }),
        next: fc.constant<unknown[]>([]),
      }),
      fc.record({
        kind: fc.constantFrom("move" as const, "move" as const, "chance" as const),
        payoffs: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 2, maxLength: 2 }),
        next: fc.array(tie("node"), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }),
).node;

/** Players take turns by depth; every decision is a set of its own. */
function build(raw: { kind: string; payoffs: number[]; next: unknown[] }): ExtensiveForm<RationalNumber> {
  const sets: (readonly [number, ...string[]])[] = [];
  const node = (r: typeof raw, depth: number): TreeNode<RationalNumber> => {
    if (r.kind === "end") return end(...r.payoffs);
    const next = (r.next as (typeof raw)[]).map((n) => [n, depth + 1] as const);
    if (r.kind === "chance") return chance(...next.map(([n, d]) => [`1/${next.length}`, node(n, d)] as const));
    const set = sets.push([depth % 2, ...next.map((_, i) => `a${i}`)]) - 1;
    return move(set, ...next.map(([n, d]) => node(n, d)));
  };
  const root = node(raw, 0);
  return tree(2, sets, root);
}

test("random trees of perfect information: backward induction leaves no regret in any subgame", () => {
  fc.assert(
    fc.property(randomTree, (raw) => {
      const game = build(raw);
      fc.pre(game.sets.length > 0 && game.sets.length < 9);
      const list = solve(game).subgamePerfect;
      expect(list?.solutions.length).toBeGreaterThan(0);
      for (const s of list?.solutions ?? []) {
        expect(s.localRegret).toBe(0);
        expect(treeRegretAgain(game, s.profile)).toBeLessThan(1e-12);
      }
    }),
    { numRuns: 60 },
  );
});

test("regret on the tree is that of the definition, for any behaviour", () => {
  fc.assert(
    fc.property(
      randomTree,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 40, maxLength: 40 }),
      (raw, weights) => {
        const game = build(raw);
        fc.pre(game.sets.length > 0 && game.sets.length < 8);
        const behaviour = game.sets.map((s, h) => {
          const own = s.actions.map((_, a) => weights[(3 * h + a) % 40] ?? 1);
          const total = own.reduce((x, y) => x + y, 0);
          return own.map((w) => w / total);
        });
        const doubles = { ...game, root: mapTree(game.root, (v: RationalNumber) => v.valueOf()) };
        expect(treeRegret({ field: approximate(0), game: doubles, behaviour })).toBeCloseTo(
          treeRegretAgain(game, behaviour),
          10,
        );
      },
    ),
    { numRuns: 60 },
  );
});

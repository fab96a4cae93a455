/** Gambit's files: both forms of `.nfg`, `.efg`, round trips, and each kind of error with its line. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { solveFile } from "#analysis/play/play-file.ts";
import { readAgg } from "#game/agg.ts";
import { readEfg, writeEfg } from "#game/efg.ts";
import { exact } from "#game/field.ts";
import { readNfg, writeNfg } from "#game/nfg.ts";
import { solveTree } from "#game/solve-tree.ts";
import { bimatrix } from "./games.ts";

const nfgOf = (text: string) => readNfg(text)[0]?.payoffs.map((own) => own.map((v) => v.toFraction()).join(" "));

test("the payoff form of .nfg, first player fastest, decimals as tenths", () => {
  expect(nfgOf('NFG 1 R "x" { "A" "B" } { 2 2 }\n\n1 0.1 1/3 -2 3 4 1e-1 .5')).toEqual([
    "1 1/3 3 1/10",
    "1/10 -2 4 1/2",
  ]);
});

test("the outcome form of .nfg: an outcome for each cell, 0 for none", () => {
  const text = `NFG 1 R "x" { "A" "B" }
{ { "a" "b" }
{ "c" "d" }
}
"a comment"
{
{ "war" -1, -2 }
{ "peace" 3 4 }
}
1 2 0 2
`;
  expect(nfgOf(text)).toEqual(["-1 3 0 3", "-2 4 0 4"]);
  expect(readNfg(text)[0]?.players.map((p) => p.strategies.join())).toEqual(["a,b", "c,d"]);
});

// Myerson 1991, figure 2.1 in Gambit's own manual of the format: a chance move, an information set, outcomes named once and then by number.
const poker = `EFG 2 R "General Bayes game, one stage" { "Player 1" "Player 2" }
"" 
c "ROOT" 1 "(0,1)" { "1G" 0.500000 "1B" 0.500000 } 0
c "" 2 "(0,2)" { "2g" 0.500000 "2b" 0.500000 } 0
p "" 1 1 "(1,1)" { "H" "L" } 0
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 1 "Outcome 1" { 10.000000 2.000000 }
t "" 2 "Outcome 2" { 0.000000 10.000000 }
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 3 "Outcome 3" { 2.000000 4.000000 }
t "" 4 "Outcome 4" { 4.000000 0.000000 }
p "" 1 1 0
p "" 2 2 "(2,2)" { "h" "l" } 0
t "" 5 "Outcome 5" { 10.000000, 2.000000 }
t "" 6 "Outcome 6" { 0.000000, 10.000000 }
p "" 2 2 0
t "" 3
t "" 4
p "" 1 2 "(1,2)" { "H" "L" } 0
p "" 2 1 0
t "" 1
t "" 2
p "" 2 1 0
t "" 3
t "" 4
`;

test(".efg with chance, information sets, outcomes and sets described once", () => {
  const [game, problems] = readEfg(poker);
  expect(problems).toEqual([]);
  expect(game?.sets.map((s) => `${s.player} ${s.label} ${s.actions.join("/")}`)).toEqual([
    "0 (1,1) H/L",
    "1 (2,1) h/l",
    "1 (2,2) h/l",
    "0 (1,2) H/L",
  ]);
  if (game === null) throw new Error("not read");
  expect(readEfg(writeEfg(game))[0]?.root).toEqual(game.root);
  const solved = solveTree(exact, game, null);
  for (const s of solved.nash?.solutions ?? []) expect(s.regret).toBe(0);
});

test.each([
  ['NFG 2 R "x" { "A" } { 1 } 1', 1, 5, "version 2"],
  [
    'NFG 1 R "x" { "A" "B" } { 2 2 }\n1 2 3 4 5 6 7',
    2,
    14,
    "a payoff of cell 4 of 4 is wanted here, not the end of the file",
  ],
  ['NFG 1 R "x" { "A" "B" } { 2 2 }\n1 2 3 4\n5 six 7 8', 3, 3, "not 'six'"],
  ['NFG 1 R "x" { "A" } { 2 }\n1 2 3', 2, 5, "stands after the last"],
  ['NFG 1 R "x', 1, 9, "never closed"],
  ['NFG 1 R "x" { "A" } { 2 } { { "o" 1 } } 1 7', 1, 43, "there is no outcome 7"],
  ['NFG 1 R "x" { "A" "B" } { 1000000 1000000 }', 1, 44, "cells"],
])("%s is refused at its place", (text, line, column, message) => {
  const [game, [problem]] = readNfg(text);
  expect(game).toBeNull();
  expect(problem).toMatchObject({ line, column });
  expect(problem?.message).toContain(message);
});

test.each([
  ['EFG 2 R "x" { "A" }\nc "" 1 "" { "a" 1/2 "b" 1/3 } 0\nt "" 0\nt "" 0', 2, "add up to 5/6"],
  ['EFG 2 R "x" { "A" }\np "" 2 1 "" { "a" "b" } 0', 2, "no player 2"],
  ['EFG 2 R "x" { "A" }\np "" 1 1 0', 2, "has not been described"],
  ['EFG 2 R "x" { "A" }\np "" 1 1 "" { "a" "b" } 0\nt "" 1 "" { 1 }', 3, "the file ends before the tree does"],
  ['EFG 2 R "x" { "A" }\np "" 1 1 "" { "a" "b" } 0\nt "" 1 "" { 1 }\nt "" 1 "" { 2 }', 4, "a second time"],
  ['EFG 2 R "x" { "A" }\nx "" 1', 2, "begins no node"],
  ['EFG 2 R "x" { "A" }\nt "" 1 "" { 1 2 }', 2, "} is wanted here"],
])("%s is refused", (text, line, message) => {
  const [game, [problem]] = readEfg(text);
  expect(game).toBeNull();
  expect(problem?.line).toBe(line);
  expect(problem?.message).toContain(message);
});

test("a tree too deep is refused, not overflowed", () => {
  const deep = `EFG 2 R "x" { "A" }\n${'p "" 1 1 "" { "a" "b" } 0\nt "" 0\n'.repeat(20_000)}`;
  expect(readEfg(deep)[1][0]?.message).toContain("moves deep");
});

const rational = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 1, max: 12 }));
test(".nfg round trips, names with quotation marks too", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(rational, { minLength: 12, maxLength: 12 }), (title, values) => {
      const game = {
        ...bimatrix(
          [
            [0, 0],
            [0, 0],
            [0, 0],
          ],
          [
            [0, 0],
            [0, 0],
            [0, 0],
          ],
        ),
        title,
        payoffs: [values.slice(0, 6), values.slice(6)].map((own) =>
          own.map(([n, d]) => exact.div(exact.of(n), exact.of(d))),
        ),
      };
      expect(readNfg(writeNfg(game))[0]).toEqual(game);
    }),
  );
});

test("no text makes a reader throw", () => {
  const word = fc.constantFrom("NFG", "EFG", "1", "2", "R", '"a"', "{", "}", "t", "c", "p", "0", "1/2", '"', "\n", "x");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      for (const read of [readNfg, readEfg]) {
        const [game, problems] = read(words.join(" "));
        expect(game === null).toBe(problems.length > 0);
      }
    }),
    { numRuns: 500 },
  );
});

const roads = `#AGG
# three drivers, two roads: each pays the number of drivers on its road
3
2
0
2 2 2
# who may take which
0 1
0 1
0 1
1 0
1 1
0 -1 -2 -3
1 3
[1] -1
[2] -2
[3] -3
`;

const aggOf = (text: string) => readAgg(text)[0]?.payoffs.map((own) => own.map((v) => v.toFraction()).join(" "));

test(".agg: both forms of payoffs, as the normal form they stand for", () => {
  expect(aggOf(roads)).toEqual(["-3 -1 -2 -2 -2 -2 -1 -3", "-3 -2 -1 -2 -2 -1 -2 -3", "-3 -2 -2 -1 -1 -2 -2 -3"]);
  // Two on one road and one on the other, in six ways.
  const [solved] = solveFile(roads);
  const pure = solved?.form === "normal" ? solved.solved.nash.solutions : [];
  expect(pure.filter((p) => p.profile.every((own) => own.every((v) => v === 0 || v === 1)))).toHaveLength(6);
});

test.each([
  ["0", "2 2"],
  ["1", "1 1"],
  ["2", "2 2"],
  ["3", "0 1"],
  ["10 1 [2 3 4]", "7 8"],
  ["10 -5 [2 -3 4]", "1 -4"],
  ["11 0 [2 3 4]", "1 1"],
  ["12 1 [2 3 4]", "4 4"],
  ["13 1 [2 3 4]", "2 3"],
])(".agg: a function node with the signature %s counts %s", (signature, wanted) => {
  // The first of two players takes node 0 or 1, the second node 2; each is paid what the function counts.
  const paid = `1 15 ${Array.from({ length: 15 }, (_, i) => `[${i - 5}] ${i - 5}`).join(" ")}`;
  const text = `#AGG\n2 3 1\n2 1\n0 1\n2\n1 3\n1 3\n1 3\n3 0 1 2\n${signature}\n${paid}\n${paid}\n${paid}\n`;
  expect(aggOf(text.replaceAll("\\\n", "\n"))).toEqual([wanted, wanted]);
});

test.each([
  ["#BAGG\n2", 2, /Bayesian/],
  ["#AGG\n2 2 0 2 2\n0 1\n1 0", 4, /ascend/],
  ["#AGG\n2 2 0 2 2\n0 1\n0 7", 4, /no action node 7/],
  [roads.replace("[2] -2\n", "[4] -2\n"), 18, /no payoff for the configuration \[2\]/],
  [roads.replace("0 -1 -2 -3", "0 -1 -2"), 14, /no type 3 of payoffs|stands|wanted/],
  [roads.replace("0 -1 -2 -3", "5 -1"), 13, /no type 5 of payoffs/],
  ["#AGG\n9999999 1 0", 2, /players/],
  [`#AGG\n20 9 0 ${"9 ".repeat(20)}`, 2, /cells/],
  ["#AGG", 1, /number of players/],
])("%j is refused with its line", (text, line, message) => {
  const [game, problems] = readAgg(text);
  expect(game).toBeNull();
  expect(problems[0]?.message).toMatch(message);
  expect(problems[0]?.line).toBe(line);
});

test("a workbook of Gambit's is read for the game in it, with the places of the file", () => {
  const workbook = (inner: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<gambit:document xmlns:gambit="http://gambit.sourceforge.net/" version="0.1">\n<colors>\n</colors>\n<game>\n${inner}\n</game>\n</gambit:document>\n`;
  const nfg = 'NFG 1 R "x" { "A" "B" } { 2 2 }\n\n1 0.1 1/3 -2 3 4 1e-1 .5';
  const [found] = solveFile(workbook(`<nfgfile>\n${nfg}\n</nfgfile>`));
  expect(found).toEqual(solveFile(nfg)[0]);
  expect(solveFile(workbook(`<efgfile>\n${poker}</efgfile>`))[0]?.form).toBe("extensive");
  const [none, problems] = solveFile(workbook(`<nfgfile>\nNFG 1 X\n</nfgfile>`));
  expect(none).toBeNull();
  expect(problems[0]).toMatchObject({ line: 7, column: 7 });
  expect(solveFile(workbook(""))[1][0]?.message).toMatch(/holds no game/);
});

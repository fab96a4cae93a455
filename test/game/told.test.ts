/** How a solved game file is printed: distinct names, figures that mean something, threats that hold something up, and how complete a list is. */

import { expect, test } from "vitest";
import { fileAsNfg, solveFile, type FileGame } from "#analysis/play/play-file.ts";
import { exact, nearestDouble, rationalOf } from "#game/field.ts";
import { plainPalette } from "#report/render/palette.ts";
import { terminalText } from "#report/render/terminal.ts";
import { playFileBlocks } from "#report/sections/play-file-section.ts";

function solved(text: string): FileGame {
  const [file, problems] = solveFile(text);
  if (file === null) throw new Error(problems.map((p) => p.message).join("\n"));
  return file;
}

const told = (text: string): string =>
  terminalText(playFileBlocks(solved(text)), { width: 100, palette: plainPalette });

test("a move is a threat only where the equilibrium falls without it", () => {
  const idle = `EFG 2 R "A stays out whatever B says" { "A" "B" } ""
    p "" 1 1 "" { "out" "in" } 0 t "" 1 "" { 5, 5 } p "" 2 1 "" { "mild" "harsh" } 0 t "" 2 "" { 2, 1 } t "" 3 "" { 1, 0 }`;
  expect(told(idle)).not.toContain("An equilibrium needs");
  // Selten's entry game: with 2 in place of 5 the newcomer would come in if it did not fear to be fought.
  const real = idle.replace("{ 5, 5 }", "{ 1.5, 5 }");
  expect(told(real)).toContain("An equilibrium needs B to announce “harsh”. That is not credible");
});

// The payoffs there lie within those elsewhere: what cannot come does not count in the unit that precision is measured in.
test("behind a chance of 0 everybody moves as if it came: logit equilibria and a sequential candidate are found", () => {
  const text = (chance: string): string => `EFG 2 R "Storm" { "Pilot" "Port" } ""
    c "" 1 "weather" { "calm" ${chance} "storm" ${chance === "1" ? "0" : "1e-9"} } 0
    p "" 1 1 "" { "sail" "wait" } 0
    p "" 2 1 "" { "open" "shut" } 0 t "" 1 "" { 3, 2 } t "" 2 "" { -1, 0 }
    t "" 3 "" { 0, 1 }
    p "" 1 2 "" { "turn" "hold" } 0
    p "" 2 2 "" { "help" "leave" } 0 t "" 4 "" { 3, 2 } t "" 5 "" { 0, 0 }
    t "" 6 "" { 1, 0 }`;
  const [never, hardly] = ["1", "0.999999999"].map((chance) => solved(text(chance)).solved.logit.solutions);
  expect(never?.map((s) => s.lambda)).toEqual([0, 1, 2, 5, 10, 20, 50]);
  never?.forEach((s, i) =>
    s.profile.flat().forEach((p, k) => expect(p).toBeCloseTo(hardly?.[i]?.profile.flat()[k] ?? NaN, 6)),
  );
});

test("blank and repeated names are numbered", () => {
  const blank = told(`EFG 2 R "" { "" "" } ""
    p "" 1 1 "" { "" "" } 0 p "" 2 7 { "" "" } 0 t "" 1 "" { 1, 1 } t "" 2 "" { 0, 0 } p "" 2 7 0 t "" 3 "" { 0, 0 } t "" 4 "" { 3, 3 }`);
  expect(blank).toContain("no. 1 at 1: no. 2; no. 2 at 2: no. 2");
  const twins = told('NFG 1 R "Twins" { "R" "R" } { { "a" "a" } { "b" "b" } }\n1 1 0 0 0 0 1 1');
  expect(twins).toContain("R (1): a (1); R (2): b (1)");
});

test("payoffs are told in digits that mean something, however small or large", () => {
  expect(told('NFG 1 D "" { "A" "B" } { 2 2 } 0.0003 0.0001 0 0 0 0 0.0001 0.0003')).toContain(
    "payoffs 0.0003000, 0.0001000",
  );
  expect(told('NFG 1 D "" { "A" "B" } { 2 2 } 1000000000.3 1 1000000000 0 1000000000 0 1000000000.1 3')).toContain(
    "payoffs 1,000,000,000.3000",
  );
  const huge = told('NFG 1 R "" { "A" "B" } { 2 2 } 1e300 1 0 0 0 0 1e-300 1e300');
  expect(huge).toContain("A: 1 1.000, 2 1.0e-300; B: 1 almost never, 2 1.000");
  expect(huge).not.toMatch(/NaN|undefined|Infinity/);
});

test("a list is complete where one decides, or nobody", () => {
  const none = solved(
    'EFG 2 R "" { "A" "B" } "" c "" 1 "" { "h" 1/3 "t" 2/3 } 0 t "" 1 "" { 3, -3 } t "" 2 "" { -3, 3 }',
  );
  expect(none.solved.nash).toMatchObject({ complete: "all", why: null, solutions: [{ payoffs: [-1, 1], regret: 0 }] });
  expect(told('EFG 2 R "" { "A" "B" } "" t "" 1 "" { 3, -3 }')).toContain("nobody decides (payoffs 3.000, −3.000");
  const one = (last: string): FileGame =>
    solved(
      `EFG 2 R "" { "A" "B" } "" p "" 1 1 "" { "a" "b" "c" } 0 t "" 1 "" { 3, 0 } t "" 2 "" { 1, 0 } t "" 3 "" { ${last}, 0 }`,
    );
  expect(one("2").solved.nash).toMatchObject({ complete: "all", solutions: [{ profile: [[1, 0, 0]] }] });
  expect(one("3").solved.nash).toMatchObject({ complete: "all-extreme", solutions: [{}, {}] });
});

test("numbers beyond doubles are refused in the file, and never come out of one", () => {
  const [file, problems] = solveFile('NFG 1 R "" { "P" "Q" } { 1 1 } 1e400 2');
  expect(file).toBeNull();
  expect(problems[0]?.message).toMatch(/'1e400' is beyond all numbers that can be told/);
  const long = solved('NFG 1 R "" { "P" "Q" } { 1 1 } 1e-300 2');
  expect(solveFile(fileAsNfg(long) ?? "")[0]).not.toBeNull();
});

test("a rational with parts beyond doubles is the nearest double", () => {
  const third = exact.div(rationalOf(1e300), rationalOf(3e300));
  expect(nearestDouble(exact.mul(third, third))).toBeCloseTo(1 / 9, 15);
  const big = exact.mul(rationalOf(1e300), rationalOf(1e300));
  expect(nearestDouble(exact.div(big, rationalOf(1e300)))).toBe(1e300);
  expect(nearestDouble(exact.div(exact.one, big))).toBe(0);
  expect(nearestDouble(exact.div(exact.sub(exact.zero, big), exact.add(big, exact.one)))).toBe(-1);
  expect(nearestDouble(rationalOf(5e-324))).toBe(5e-324);
  expect(nearestDouble(exact.zero)).toBe(0);
});

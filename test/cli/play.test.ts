/** `casus play` as people meet it: exit codes, what is said where, games taken out and brought back. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { casus } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-play-"));
afterAll(() => rmSync(folder, { recursive: true }));

const small = ["test/analysis/deterrence.casus", "--view", "sober", "--worlds", "40", "--beliefs", "4"] as const;

test("a case: what is played, what each expected, why a threat is not believed", async () => {
  const { status, stdout, stderr } = await casus("play", ...small);
  expect([status, stderr]).toEqual([0, ""]);
  for (const part of [
    "Where blind is true (60 in 100). Each actor's view: The challenger: hopeful; The defender: sober.",
    "The cost of misjudgement: seeing as this view sees would be worth +3.",
    "What is then played: stay out",
    "We assume that each actor knows what the others value",
    "not a forecast",
  ])
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(part);
});

test("the same figures again, on one thread or two", async () => {
  expect((await casus("play", ...small, "--threads", "2", "--json")).stdout).toBe(
    (await casus("play", ...small, "--threads", "1", "--json")).stdout,
  );
});

test("a case's game goes out as .efg and is solved from the file; other endings are refused", async () => {
  const file = join(folder, "out.efg");
  expect((await casus("play", ...small, "--export", file)).status).toBe(0);
  const again = await casus("play", file);
  expect(again.status).toBe(0);
  expect(again.stdout).toContain("enter: come_in");
  const nfg = join(folder, "out.nfg");
  expect((await casus("play", file, "--export", nfg)).status).toBe(0);
  expect(readFileSync(nfg, "utf8")).toMatch(/^NFG 1 R /);
  expect((await casus("play", nfg)).stdout).toContain("Nash equilibria");
  expect((await casus("play", nfg, "--export", file)).status).toBe(2);
  expect((await casus("play", ...small, "--export", join(folder, "out.txt"))).status).toBe(2);
});

test("a wrong file is reported by line and column, exit code 3", async () => {
  const file = join(folder, "wrong.efg");
  writeFileSync(file, 'EFG 2 R "x" { "A" }\np "" 2 1 "" { "a" "b" } 0\n');
  expect(await casus("play", file)).toEqual({
    status: 3,
    stdout: "",
    stderr: `${file}:2:6: there is no player 2; write from 1 to 1\n`,
  });
});

test("what cannot be solved is said, exit code 2", async () => {
  const bare = join(folder, "bare.casus");
  writeFileSync(bare, readFileSync(small[0], "utf8").replace(" values keep", ""));
  const { status, stderr } = await casus("play", bare, "--worlds", "5");
  expect(status).toBe(2);
  expect(stderr).toContain("defender chooses, but the case does not say what it values");
});

// By hand, at the middles of the case's intervals: a friendly word leaves a chance of fighting near 20 %, troops on the spot near 55 %. A blow is worth
// (1 − .55) · 7 − .55 · 30 < 0 there, so the neighbour waits for the runs that tempt it; without them the ally loses (1 − .2) · 6 and more. A treaty on
// top of troops adds its price and hardly any fear.
test("the example of docs/games.md: troops and no treaty, and a blow that is not believed", async () => {
  const { status, stdout } = await casus(
    "play",
    "casebook/guarantee",
    "--choices",
    "troops,move",
    "--worlds",
    "1024",
    "--beliefs",
    "0",
    "--json",
  );
  expect(status).toBe(0);
  const found = JSON.parse(stdout) as {
    profiles: Record<string, string>[];
    views: {
      patterns: { chances: number[]; lists: { kind: string; complete: string }[]; threats: { cost: number }[] }[];
    }[];
  };
  const [pattern] = found.views[0]?.patterns ?? [];
  const played = found.profiles.filter((_, i) => pattern?.chances[i] === 1);
  expect(played).toEqual([{ promise: "spoken", troops: "on_the_spot", move: "as_tempted" }]);
  expect(pattern?.lists[0]).toMatchObject({ kind: "subgame-perfect", complete: "all" });
  // An empty threat is one that would cost the one who carried it out.
  const costs = pattern?.threats.map((t) => t.cost) ?? [];
  expect([costs.length > 0, costs.filter((cost) => !(cost > 0))]).toEqual([true, []]);
});

test("types that one actor alone knows, as text and as JSON", async () => {
  const hidden = ["play", ...small, "--private-types", "challenger"] as const;
  const { status, stdout, stderr } = await casus(...hidden);
  expect([status, stderr]).toEqual([0, ""]);
  const text = stdout.replaceAll(/\s+/g, " ");
  // Coming in is what the blind do and the others do not: it gives them away.
  for (const part of [
    "Where The challenger alone knows the types",
    "The defender 60, 40 in 100",
    "after come in The defender believes pattern 1 100, pattern 2 0 in 100",
  ])
    expect(text).toContain(part);
  const document = JSON.parse((await casus(...hidden, "--json")).stdout) as {
    views: { hidden: { informed: string; chances: number[][] } }[];
  };
  expect(document.views[0]?.hidden.informed).toBe("challenger");
  expect(document.views[0]?.hidden.chances.map((c) => c.reduce((a, b) => a + b, 0))).toEqual([1, 1]);
  expect((await casus("play", ...small, "--private-types", "nobody")).status).toBe(2);
});

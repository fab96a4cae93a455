/** Every verb on pipes: nothing of the status line, and with --quiet nothing at all on standard error, whatever is done. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const command = resolve("bin/casus.js");
const folder = mkdtempSync(join(tmpdir(), "casus-quiet-"));
afterAll(() => rmSync(folder, { recursive: true }));

// A warning (an unknown that nothing reads), an order that `format` changes nothing of, and something for every verb.
const lamp = `case lamp "Would a lamp stop theft?"
time 2020-01 to 2022-01 by month

claim deters causal "Thieves shun light." { credence 60% }
unknown base : share/year ~ 10 percent/year to 40 percent/year
unknown unread : number ~ normal(0, 1)

actor town "The town" values -10 * stolen
choice lamp by town = lit | dark
event theft rate base * (if lamp = lit and deters then 0.5 else 1)

outcome stolen = happened(theft)
conclusion helps of deters: chance(stolen if lamp = lit) < chance(stolen if lamp = dark)
evidence seen by 2020-06: not happened(theft)
forecast early of deters by 2021-01: happened(theft) reading 30%
expect bounds: chance(stolen) in 0%..100%
`;
const few = ["--worlds", "64"];
/** In this order: some read what others have written. */
const runs: readonly (readonly string[])[] = [
  ["check", "lamp.casus"],
  ["format", "lamp.casus"],
  ["run", "lamp.casus", ...few],
  ["compare", "lamp.casus", ...few],
  ["explain", "lamp.casus", "helps", ...few, "--unknowns", "8"],
  ["flip", "lamp.casus", "helps", ...few, "--unknowns", "8"],
  ["learn", "lamp.casus", "--worlds", "512"],
  ["score", "lamp.casus", ...few, "--freeze"],
  ["test", "lamp.casus", ...few],
  ["tell", "lamp.casus"],
  ["play", "lamp.casus", ...few, "--beliefs", "2"],
  ["report", "lamp.casus", ...few, "--jitter", "0", "--out", "lamp.md"],
  ["publish", "lamp.casus", "--brief", "--single-file", "--out", "lamp.html"],
  ["export", "lamp.casus", "--format", "xmile", "--out", "lamp.xmile"],
  ["import", "lamp.xmile", "--out", "back.casus"],
  ["parts"],
  ["new", "fresh", "--from", "text.md"],
  ["add", "adoption", "lamp.casus"],
];
/** They go on until they are ended: test/cli/server, lsp, mcp and queue have them. */
const servers = ["lsp", "mcp", "web", "work"];

const passes = { loud: [] as string[], quiet: ["--quiet"] };
beforeAll(() => {
  for (const pass of Object.keys(passes)) {
    mkdirSync(join(folder, pass));
    writeFileSync(join(folder, pass, "lamp.casus"), lamp);
    writeFileSync(join(folder, pass, "text.md"), "Lamps deter thieves because thieves shun light.\n");
  }
});

function casus(pass: keyof typeof passes, ...words: readonly string[]) {
  const env = { ...process.env, NO_COLOR: "1", XDG_CACHE_HOME: join(folder, "cache") };
  return spawnSync(process.execPath, [command, ...words, ...passes[pass]], {
    encoding: "utf8",
    cwd: join(folder, pass),
    env,
  });
}

it("no verb is left out", () => {
  const listed = casus("loud", "--help").stdout.matchAll(/^ {2}([a-z]+) (?:\[options\]|<|\[|$| )/gm);
  const verbs = [...listed].map(([, verb = ""]) => verb).filter((v) => v !== "help");
  expect(verbs.length).toBeGreaterThan(20);
  expect(verbs.toSorted()).toEqual([...new Set(runs.map(([verb = ""]) => verb)), ...servers].toSorted());
});

describe.each(runs.map((words) => [words.join(" "), words] as const))("casus %s", (_, words) => {
  it("writes its answer and remarks, and no line that moves; --quiet leaves the answer", () => {
    const loud = casus("loud", ...words);
    // eslint-disable-next-line no-control-regex
    expect(loud.stderr + loud.stdout).not.toMatch(/[\r\u001B\b]|% of [\d,]+ runs, about/);
    const quiet = casus("quiet", ...words);
    expect(quiet.stderr).toBe("");
    expect([0, 1]).toContain(loud.status);
    expect({ status: quiet.status, stdout: quiet.stdout }).toEqual({ status: loud.status, stdout: loud.stdout });
  });
});

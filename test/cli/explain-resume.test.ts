/** `explain` and `flip` under a budget, and stopped: refused by name before the first run; killed at any moment they go on from their finished parts to the same bits. */

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { casus as command, type Printed } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-explain-resume-"));
const model = join(folder, "long.casus");
writeFileSync(
  model,
  `case long "Long?"
time 0 to 200 by day
claim a causal "A." { credence 60% } claim b causal "B." { credence 40% } claim c causal "C." { credence 70% }
unknown u : share ~ 10% to 40% judged
stock s : share = 50%
  + u * (1 - s) * s / 100 days because a
  - noise * s / 100 days because b
  + (1 - s) * s / 300 days because c
shock noise : share ~ normal(0, 10%)
outcome last : share = final(s)
conclusion k "More": mean(last) > 50%
`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const sizes = ["--worlds", "4096", "--unknowns", "4096", "--threads", "2"] as const;
const words = (verb: string): readonly string[] => [verb, model, "k", ...sizes, "--json"];
const casus = (verb: string, ...more: readonly string[]): Promise<Printed> => command(...words(verb), ...more);
const shards = (out: string): readonly string[] =>
  existsSync(out) ? readdirSync(out).filter((f) => f.endsWith(".shard")) : [];

describe.each(["explain", "flip"])("casus %s", (verb) => {
  it("goes on after kill -9, to the same bits", async () => {
    const out = `${join(folder, verb)}/`;
    const child = spawn(process.execPath, ["bin/casus.js", ...words(verb), "--out", out], { stdio: "ignore" });
    while (shards(out).length < 8) {
      if (child.exitCode !== null) throw new Error(`ended by itself with ${child.exitCode}`);
      await setTimeout(5);
    }
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const before = shards(out).length;
    const resumed = await casus(verb, "--out", out);
    expect(resumed.status).toBe(0);
    expect(resumed.stderr).toMatch(/\d+ of \d+ parts are there already/);
    expect(shards(out).length).toBeGreaterThan(before);
    const whole = await casus(verb, "--out", `${join(folder, `${verb}-whole`)}/`);
    expect(resumed.stdout).toBe(whole.stdout);
  });

  it("refuses by name, with 4 and before the first run, what is over the budget", async () => {
    const { status, stdout, stderr } = await casus(verb, "--budget", "1e6");
    expect(status).toBe(4);
    expect(stdout).toBe("");
    // 8 patterns × 4,096 worlds, and 4 ways of drawing × 4,096 worlds.
    expect(stderr).toContain("49,152 runs of ");
    expect(stderr).toContain("ask for fewer patterns, worlds, unknowns, variants or views");
  });
});

it("counts the variants of --jitter before it starts", async () => {
  const { status, stderr } = await casus("explain", "--budget", "2e8", "--jitter", "100");
  expect(status).toBe(4);
  expect(stderr).toContain("868,352 runs");
});

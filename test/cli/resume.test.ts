/** Runs that are stopped: killed at any moment they go on from their finished parts to the same bits; Ctrl-C ends them with 130. */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casus as command, type Printed } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-resume-"));
const model = join(folder, "long.casus");
// Enough steps that a run takes a while, on any engine.
writeFileSync(
  model,
  `case long "Long?"
time 0 to 200 by day
unknown u : share ~ 10% to 40%
stock s : share = 50%
  + u * (1 - s) * s / 100 days
  - noise * s / 100 days
shock noise : share ~ normal(0, 10%)
outcome last : share = final(s)
conclusion k "More": mean(last) > 50%
`,
);
afterAll(() => rmSync(folder, { recursive: true }));

/** So many that the parts that come after the first take a while too. */
const worlds = "60000";
const words = ["run", model, "--worlds", worlds, "--threads", "2", "--json"];

const casus = (...more: readonly string[]): Promise<Printed> => command(...words, ...more);

function started(out: string, ...more: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["bin/casus.js", ...words, "--out", out, ...more], { stdio: "ignore" });
}

const shards = (out: string): readonly string[] =>
  readdirSync(out, { withFileTypes: true }).flatMap((f) => (f.name.endsWith(".shard") ? [f.name] : []));

/** Waits until some parts are finished, whatever the clock says. */
async function untilParts(child: ChildProcess, out: string, parts: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`ended by itself with ${child.exitCode}`);
    try {
      if (shards(out).length >= parts) return;
    } catch {
      // Not made yet.
    }
    await setTimeout(5);
  }
}

async function ended(child: ChildProcess): Promise<readonly [number | null, NodeJS.Signals | null]> {
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve([code, signal])));
}

describe("casus run --out FOLDER/", () => {
  let whole: Printed;
  beforeAll(async () => {
    whole = await casus();
  });

  it("goes on after kill -9, to the same bits, and does not trust a damaged part", async () => {
    const out = `${join(folder, "killed")}/`;
    const child = started(out);
    await untilParts(child, out, 5);
    child.kill("SIGKILL");
    expect(await ended(child)).toEqual([null, "SIGKILL"]);
    const before = shards(out);
    const [first = ""] = before;
    const bytes = readFileSync(join(out, first));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 4;
    writeFileSync(join(out, first), bytes);
    const resumed = await casus("--out", out);
    expect(resumed.status).toBe(0);
    expect(resumed.stdout).toBe(whole.stdout);
    expect(resumed.stderr).toContain(`${first} is damaged`);
    expect(resumed.stderr).toMatch(/\d+ of \d+ parts are there already/);
    expect(before.length).toBeLessThan(shards(out).length);
    // Now all is there, and nothing is run but the pictures of it.
    const again = await casus("--out", out, "--threads", "1");
    expect(again.stdout).toBe(whole.stdout);
    expect(again.stderr).not.toContain("damaged");
  });

  it("keeps the parts of a file of raw runs too", async () => {
    const out = `${join(folder, "rows")}/`;
    const [one, two] = ["one.csv", "two.csv"].map((name) => join(folder, name)) as [string, string];
    const few = ["--worlds", "600"];
    expect((await casus(...few, "--out", out, "--runs", one)).status).toBe(0);
    const before = shards(out);
    const again = await casus(...few, "--out", out, "--runs", two);
    expect(again.stderr.match(/(\d+) of \1 parts are there already/g)).toHaveLength(2);
    expect(shards(out)).toEqual(before);
    expect(readFileSync(two, "utf8")).toBe(readFileSync(one, "utf8"));
    expect(readFileSync(one, "utf8").split("\n").length).toBeGreaterThan(600);
  });

  it("refuses a folder of another request, and says what differs", async () => {
    const out = join(folder, "other/");
    expect((await casus("--out", out, "--worlds", "10")).status).toBe(0);
    const { status, stderr } = await casus("--out", out, "--worlds", "10", "--seed", "2");
    expect(status).toBe(2);
    expect(stderr).toContain("request.seed is 1 there, 2 asked");
    expect((await casus("--out", out, "--worlds", "10", "--budget", "1e13")).status).toBe(0);
  });

  it("refuses a folder that holds other things; a path that is none is the report's file", async () => {
    const out = join(folder, "things");
    mkdirSync(out);
    writeFileSync(join(out, "letter.txt"), "");
    const { status, stderr } = await casus("--out", out, "--worlds", "10");
    expect([status, stderr.includes("letter.txt")]).toEqual([2, true]);
    const file = join(folder, "report.json");
    expect((await casus("--out", file, "--worlds", "10")).stdout).toBe("");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ schema: "casus/run@1" });
  });

  it("ends with 130 at Ctrl-C, with whole parts on the disk", async () => {
    const out = `${join(folder, "stopped")}/`;
    // More runs than could be made before the signal arrives.
    const child = started(out, "--worlds", "2000000", "--budget", "1e13");
    await untilParts(child, out, 2);
    child.kill("SIGINT");
    expect(await ended(child)).toEqual([130, null]);
    expect(readdirSync(out).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

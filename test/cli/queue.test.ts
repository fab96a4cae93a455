/** Work done by workers at a queue: the same figures as alone, whatever happens to workers and server meanwhile. */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { queuedLab } from "#cli/queue/lab.ts";
import { joinAs, openServer } from "#cli/queue/server.ts";
import { shardsAt } from "#cli/queue/shards.ts";
import { job } from "#ensemble/jobs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { ThreadLost } from "#ensemble/work/pool.ts";
import { modelOf } from "../ensemble/tables.ts";
import { casus } from "./command.ts";
import { ended, said, serverProgram, startServer, type TestServer } from "./queue-server.ts";

const bin = "bin/casus.js";
const model = "casebook/guarantee";
const other = "casebook/epidemic";

/** Has all that a page is made of: claims, a choice, a conclusion, evidence. */
const storm = `case storm "Storm"
time 0 to 24 by 1 day
claim bold causal "Boldness pays." { credence 60% }
claim quiet causal "Quiet pays." { credence 30% }
unknown r : share/day ~ 1 percent/day to 3 percent/day judged
actor a "A" values -1 * came
choice move "A move" by a = go "Goes" | stay "Stays"
stock heat : share = 20%  within 0..1
  + 1 percent/day  because bold
  - 0.5 percent/day  because quiet
event storm "A storm" rate r * (1 + heat) * (if move = go then 2 else 1)
outcome came "It came" = happened(storm)
evidence calm "Not by day 6" by 6 day: not happened(storm)
conclusion worse "Going brings it sooner" of bold: chance(came if move = go) > chance(came if move = stay) by 5 points
`;

interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where it is installed for certain, its absence is a failure and not a reason to be quiet. */
const isMissing = serverProgram === null && process.env["CI"] === undefined;

describe.skipIf(isMissing)("a queue", () => {
  let server: TestServer;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.end());
  afterEach(async () => {
    for (const child of children.splice(0)) await ended(child, "SIGKILL");
  });

  const started = (words: readonly string[]): ChildProcess => {
    const child = spawn(process.execPath, [...words], { stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    return child;
  };
  const worker = async (...more: readonly string[]): Promise<ChildProcess> => {
    const child = started([bin, "work", "--queue", server.url, "--threads", "1", ...more]);
    await said(child, "Ctrl-C");
    return child;
  };
  const asked = (...words: readonly string[]): { readonly child: ChildProcess; readonly told: Promise<Told> } => {
    const child = started([bin, ...words, "--queue", server.url]);
    let [out, err] = ["", ""];
    child.stdout?.on("data", (data: Buffer) => (out += data.toString()));
    child.stderr?.on("data", (data: Buffer) => (err += data.toString()));
    return { child, told: new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err }))) };
  };
  const alone = async (...words: readonly string[]): Promise<Told> => {
    const { status, stdout, stderr } = await casus(...words);
    return { code: status, out: stdout, err: stderr };
  };
  const run = (path: string, seed: number): readonly string[] => [
    "run",
    path,
    "--json",
    "--worlds",
    "4000",
    "--seed",
    String(seed),
  ];
  /** Waits until `look` gives something. */
  const until = async <T>(look: () => Promise<T | null>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const active = async (): Promise<string | null> => {
    const { redis, close } = await openServer(server.url);
    const [first] = await redis.lrange("casus:tasks:active", 0, 0);
    await close();
    return first ?? null;
  };

  it("gives the bits of a run alone to two requests at once, though a worker is killed in the middle, one comes late and the server restarts", async () => {
    const wanted = [await alone(...run(model, 1)), await alone(...run(other, 2))];
    const requests = [asked(...run(model, 1)), asked(...run(other, 2))];
    const doomed = await worker();
    await until(active);
    doomed.kill("SIGKILL");
    await Promise.all([worker(), worker()]);
    await until(active);
    await server.restart();
    const told = await Promise.all(requests.map((r) => r.told));
    expect(told.map((t) => t.code)).toEqual([0, 0]);
    expect(told.map((t) => t.out)).toEqual(wanted.map((t) => t.out));
  });

  it.each([
    ["explain", model, "treaty_deters", "--json", "--unknowns", "0"],
    ["learn", "casebook/crowe-1907", "--json", "--worlds", "200", "--no-conclusions"],
  ])(
    "%s writes what it writes alone",
    async (...words) => {
      await worker();
      const { code, out } = await asked(...words).told;
      expect(out.length).toBeGreaterThan(1000);
      const own = await alone(...words);
      expect([code, out]).toEqual([own.code, own.out]);
    },
    600_000,
  );

  it("publish writes the page that it writes alone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "casus-published-"));
    const file = join(folder, "storm.casus");
    writeFileSync(file, storm);
    const words = (name: string): readonly string[] => ["publish", file, "--worlds", "64", "--out", join(folder, name)];
    await worker();
    const { code, err } = await asked(...words("queued")).told;
    const own = await alone(...words("alone"));
    expect([code, own.code], `${err}${own.err}`).toEqual([0, 0]);
    const page = (name: string): readonly string[] =>
      ["index.html", "table.bin", "evidence.json"].map((part) => readFileSync(join(folder, name, part), "base64"));
    expect(page("queued")).toEqual(page("alone"));
  }, 600_000);

  it("goes on from the parts that are there, in a folder that all share", async () => {
    const folder = mkdtempSync(join(tmpdir(), "casus-shards-"));
    const shared = ["--shards", folder];
    const first = await worker(...shared);
    const told = await asked(...run(model, 3), ...shared).told;
    const parts = readdirSync(folder);
    expect(parts.length).toBeGreaterThan(1);
    await ended(first, "SIGINT");
    // Nobody is at work; every part but a damaged one is taken as it lies there.
    writeFileSync(join(folder, parts[0] ?? ""), "damaged");
    const again = asked(...run(model, 3), ...shared);
    await said(again.child, "no worker is at");
    await worker(...shared);
    expect((await again.told).out).toBe(told.out);
  });

  it("reports a run that cannot go on once, as alone", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "casus-queue-")), "bad.casus");
    writeFileSync(
      file,
      'case bad "Bad"\nunknown u : number ~ uniform(0, 1) judged\noutcome x : number = 1 / (if u < 0.5 then 0 else u)\nconclusion c "C": mean(x) > 0\n',
    );
    await worker();
    const wanted = await alone("run", file);
    const { code, err } = await asked("run", file).told;
    expect(wanted.code).toBe(3);
    expect({ code, err }).toEqual({ code: 3, err: wanted.err });
  });

  it("takes out what waits when it is stopped, and exits with 130", async () => {
    const { child, told } = asked(...run(model, 4));
    await said(child, "no worker is at");
    const { redis, close } = await openServer(server.url);
    await until(async () => ((await redis.llen("casus:tasks:wait")) > 0 ? true : null));
    child.kill("SIGINT");
    expect((await told).code).toBe(130);
    expect(await redis.llen("casus:tasks:wait")).toBe(0);
    await close();
  });

  it("refuses a worker of another version, and one that asks", async () => {
    const there = await openServer(server.url);
    await there.redis.del("casus:engine");
    const leave = await joinAs("0.0.9", there);
    for (const words of [["work"], run(model, 1)]) {
      const { code, err } = await asked(...words).told;
      expect(code).toBe(2);
      expect(err).toMatch(/is used by casus 0\.0\.9 and this is casus \d/);
    }
    leave();
    await there.redis.del("casus:engine");
    await there.close();
  });

  it("gives a task that kills its worker to one other worker, and then reports it", async () => {
    const small = modelOf("unknown u : number ~ uniform(0, 1) judged\noutcome x : number = u");
    const there = await openServer(server.url);
    const settings = { server: there, shards: shardsAt(undefined, there), version: "poisoned" };
    const { lab, close } = await queuedLab({ ...settings, onProgress: () => {}, onNote: () => {} });
    const outcome = lab
      .perform(small, [{ kind: "runs", job: job("case", plainSituation({}), {}), seed: 1, first: 0, count: 8 }])
      .catch((error: unknown) => error);
    let died = 0;
    const poisoned = (): ChildProcess => {
      const child = started(["test/cli/queue-poison.mjs", server.url, "poisoned"]);
      child.on("exit", (_, signal) => (died += signal === "SIGKILL" ? 1 : 0));
      return child;
    };
    const first = poisoned();
    await new Promise((resolve) => first.on("exit", resolve));
    const second = poisoned();
    await new Promise((resolve) => second.on("exit", resolve));
    poisoned();
    const error = await outcome;
    expect(error).toBeInstanceOf(ThreadLost);
    expect(String(error)).toContain("8 runs");
    expect(died).toBe(2);
    await there.redis.del("casus:engine");
    await close();
  });

  it("says what is wrong with an address at which nothing answers, and not its password", async () => {
    await expect(openServer("redis://me:secret@localhost:1")).rejects.toThrow(
      /no queue answers at redis:\/\/me@localhost:1 .*; start valkey-server or redis-server there/,
    );
    await expect(openServer("http://localhost")).rejects.toThrow("begins with redis:// or rediss://, not http://");
    await expect(openServer("localhost")).rejects.toThrow("write it like redis://host:6379");
  });
});

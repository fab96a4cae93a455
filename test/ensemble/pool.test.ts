/** Work shared among threads: the same bits as on one, faults and stops met as they should be. */

import { describe, expect, it } from "vitest";
import { StoppedRun } from "#ensemble/failure.ts";
import { job, sampleOf, type Job } from "#ensemble/jobs.ts";
import { localLab, type Progress } from "#ensemble/work/lab.ts";
import { ThreadLost } from "#ensemble/work/pool.ts";
import { runJobs } from "#ensemble/runs.ts";
import type { RunsTask } from "#ensemble/work/runs-task.ts";
import { programKey } from "#ensemble/work/task.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { buffersOf } from "#ensemble/work/worker.ts";
import { checked, twoYears } from "../model/checked.ts";
import { faultyPool } from "./threads.ts";

const model = checked(`${twoYears}
claim a causal "A." { credence 50% }
unknown u : share "U" ~ 10% to 40%
actor x "X"
choice do by x = this | that
stock s : share = 50%
  + u / 12 months because a
event e "E" rate 20 percent/year + (if do = that then u / 12 months else 0 percent/month)
  then add 0.1 to s
outcome last = final(s)
outcome came = happened(e)
`);

const jobOf = (option: string): Job =>
  job("case", plainSituation({ do: option }), { series: ["s"], finals: [{ op: "stock", name: "s" }] });
const jobs = [jobOf("this"), jobOf("that")];
const alone = await runJobs(
  model,
  jobs,
  7,
  700,
  localLab(async () => {}),
);

const task = (first: number, count: number): RunsTask => ({ kind: "runs", job: jobOf("that"), seed: 7, first, count });
const tasks = Array.from({ length: 12 }, (_, i) => task(i * 10, 10));

describe("a pool", () => {
  for (const threads of [1, 2, 5])
    it(`gives the bits of one thread on ${threads}`, async () => {
      const { pool, count } = faultyPool(threads);
      expect(await runJobs(model, jobs, 7, 700, pool.lab)).toEqual(alone);
      expect(count.started).toBe(Math.min(threads, 6));
    });

  it("gives the same bits whatever the shards", async () => {
    const { pool } = faultyPool(3);
    const whole = sampleOf(alone, "case", plainSituation({ do: "that" })).outcomes[0]?.subarray(0, 200);
    for (const size of [1, 7, 100, 256, 700]) {
      const cut = Array.from({ length: Math.ceil(200 / size) }, (_, i) =>
        task(i * size, Math.min(size, 200 - i * size)),
      );
      const parts = await pool.lab.perform(model, cut);
      expect(Float64Array.from(parts.flatMap((p) => [...(p.outcomes[0] ?? [])]))).toEqual(whole);
    }
  });

  it("keeps results in order however late they come, and hands them over one at a time", async () => {
    const { pool } = faultyPool(3, (n) => (n === 0 || n === 4 ? "late" : null));
    const order: number[] = [];
    let inside = 0;
    await pool.lab.each(model, tasks, async (result, at) => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
      order.push(at);
      expect(result.outcomes[0]).toHaveLength(10);
    });
    expect(order).toEqual(tasks.map((_, i) => i));
  });

  it("holds few results however many tasks there are", async () => {
    const { pool, count } = faultyPool(2);
    let most = 0;
    let taken = 0;
    await pool.lab.each(
      model,
      Array.from({ length: 60 }, (_, i) => task(i, 1)),
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        most = Math.max(most, count.given - taken);
        taken++;
      },
    );
    expect(most).toBeLessThanOrEqual(2 * 4);
  });

  it("has a thread go on with the program it has, while another begins the next", async () => {
    const supposed = checked(`${twoYears}
unknown u : share "U" ~ 10% to 40%
stock s : share = 50%
  + u / 12 months
outcome last = final(s)
suppose held { hold s = 20% }
suppose lower { set u = 5% }`);
    const under = (supposition: string): RunsTask[] => {
      const situation = { ...plainSituation({}), suppositions: [supposition] };
      return Array.from({ length: 8 }, (_, i) => ({
        kind: "runs",
        job: job("case", situation),
        seed: 7,
        first: 10 * i,
        count: 10,
      }));
    };
    const { pool, given } = faultyPool(2);
    await pool.lab.perform(supposed, [...under("held"), ...under("lower")]);
    const programs = given.map((tasks) => tasks.slice(0, 7).map(programKey));
    expect(programs.map((keys) => new Set(keys).size)).toEqual([1, 1]);
    expect(programs[0]?.[0]).not.toBe(programs[1]?.[0]);
  });

  it("reports progress up to all that was asked", async () => {
    const told: Progress[] = [];
    const { pool } = faultyPool(2, undefined, { onProgress: (p) => void told.push(p) });
    await pool.lab.perform(model, tasks);
    expect(told.map((p) => p.done)).toEqual(tasks.map((_, i) => 10 * (i + 1)));
    expect(told.at(-1)).toEqual({ done: 120, total: 120 });
  });

  for (const fault of ["crash", "hang"] as const)
    it(`gives the task of a thread that does ${fault} to another, once`, async () => {
      const { pool, losses, count } = faultyPool(2, (n) => (n === 3 ? fault : null));
      expect(await runJobs(model, jobs, 7, 700, pool.lab)).toEqual(alone);
      expect(losses.map((l) => l.isLast)).toEqual([false]);
      expect(count.ended).toBe(1);
    });

  it("ends with a clear error when the same work loses a second thread", async () => {
    // One thread: the task it crashes at is the next one given out.
    const { pool } = faultyPool(1, (n) => (n === 2 || n === 3 ? "crash" : null));
    await expect(pool.lab.perform(model, tasks)).rejects.toThrow(ThreadLost);
    await expect(faultyPool(1, () => "crash").pool.lab.perform(model, tasks)).rejects.toThrow(
      /second time at the same work \(10 runs\): it broke/,
    );
  });

  it("tells the failure of the earliest task, as one thread would", async () => {
    const bad = checked(
      `${twoYears}\nunknown u : number ~ uniform(0, 1)\nstock s : number = 1\n  + (if u > 0.6 then s * s * 1e200 else 0) / 1 month\noutcome o : number = final(s)`,
    );
    const some = Array.from({ length: 8 }, (_, i): RunsTask => ({
      kind: "runs",
      job: job("case", plainSituation({})),
      seed: 3,
      first: 5 * i,
      count: 5,
    }));
    const wanted: unknown = await localLab(async () => {})
      .perform(bad, some)
      .catch((e: unknown) => e);
    expect(wanted).toBeInstanceOf(StoppedRun);
    // The first tasks answer last.
    const found: unknown = await faultyPool(4, (n) => (n < 3 ? "late" : null))
      .pool.lab.perform(bad, some)
      .catch((e: unknown) => e);
    expect(found).toBeInstanceOf(StoppedRun);
    expect((found as StoppedRun).message).toBe((wanted as StoppedRun).message);
  });

  it("ends all threads when stopped, and rejects with the reason", async () => {
    const { pool, count } = faultyPool(3);
    const work = pool.lab.perform(model, tasks);
    pool.stop(new Error("enough"));
    await expect(work).rejects.toThrow("enough");
    expect([count.started, count.ended]).toEqual([3, 3]);
  });

  it("ends when whoever takes the results fails", async () => {
    const { pool } = faultyPool(2);
    const work = pool.lab.each(model, tasks, (_, at) => {
      if (at === 2) throw new Error("the disk is full");
    });
    await expect(work).rejects.toThrow("the disk is full");
    expect((await pool.lab.perform(model, tasks)).length).toBe(12);
  });

  it("hands over buffers that an array fills, each once, and copies the others", () => {
    const whole = new Float64Array(4);
    const part = new Float64Array(4).subarray(1, 2);
    expect(buffersOf({ a: [whole, whole], b: { part } })).toEqual([whole.buffer]);
  });
});

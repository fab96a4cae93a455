/** Tasks and answers as bytes: what comes out is what went in, shared parts leave once, and no damaged byte passes. */

import { describe, expect, it } from "vitest";
import { job } from "#ensemble/jobs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import {
  packAnswer,
  partsOfParcel,
  taskPacker,
  unpackAnswer,
  unpackPart,
  unpackTask,
  type TaskAnswer,
} from "#ensemble/work/parcel.ts";
import type { Task } from "#ensemble/work/task.ts";

const reading = {
  jobs: [job("case", plainSituation({}), {})],
  groups: Array.from({ length: 40 }, (_, i) => [{ job: 0, kind: "outcome", outcome: i }]),
  ranked: [],
  grids: Array.from({ length: 40 }, (_, i) => ({ middle: i / 3, width: -0, low: Number.NEGATIVE_INFINITY })),
  seriesGrids: [],
};
const tally = (first: number): Task => ({ kind: "tally", reading, seed: 7, first, count: 256 }) as unknown as Task;
const sweep: Task = {
  kind: "sweep",
  view: "case",
  seed: 1,
  gates: ["a", "b"],
  patterns: Float64Array.of(0, 3, 1),
  firsts: Float64Array.of(0, 256, 512),
  size: 4,
  settings: [{ situation: plainSituation({}), readings: [] }],
};

const packed = (tasks: readonly Task[]) => {
  const parts = new Map<string, Uint8Array>();
  const pack = taskPacker((name, bytes) => parts.set(name, bytes));
  return { parcels: tasks.map(pack), parts };
};

describe("a packed task", () => {
  it("comes out as it went in, with numbers that JSON does not know and arrays of numbers", () => {
    const { parcels, parts } = packed([tally(0), sweep]);
    for (const [i, task] of [tally(0), sweep].entries()) {
      const { bytes } = parcels[i] as (typeof parcels)[number];
      const values = new Map(
        (partsOfParcel(bytes) ?? []).map((n) => [n, unpackPart(n, parts.get(n) ?? new Uint8Array())]),
      );
      expect(unpackTask(bytes, (n) => values.get(n) ?? {})).toEqual(task);
    }
  });

  it("leaves what tasks share once: a thousand tallies of one reading weigh little more than their own numbers", () => {
    const { parcels, parts } = packed(Array.from({ length: 1000 }, (_, i) => tally(256 * i)));
    expect(parts.size).toBe(1);
    expect(new Set(parcels.flatMap((p) => p.parts)).size).toBe(1);
    expect(Math.max(...parcels.map((p) => p.bytes.length))).toBeLessThan(300);
  });

  it("is refused where one byte of it, of a part or of an answer is another", () => {
    const { parcels, parts } = packed([tally(0)]);
    const [[name, part] = ["", new Uint8Array()]] = parts;
    const answer: TaskAnswer = {
      engine: "1",
      model: "m",
      task: parcels[0]?.bytes ?? new Uint8Array(),
      outcome: { kind: "failed", trouble: { kind: "bug", name: "Error", message: "é", stack: "" } },
    };
    const key = "0f";
    const bytes = packAnswer(key, answer);
    expect(unpackAnswer(key, bytes)).toEqual(answer);
    expect(unpackAnswer("10", bytes)).toBeNull();
    const spoilt = (whole: Uint8Array, at: number): Uint8Array => whole.map((b, i) => (i === at ? b ^ 1 : b));
    for (let at = 0; at < bytes.length; at += 7) expect(unpackAnswer(key, spoilt(bytes, at))).toBeNull();
    for (let at = 0; at < part.length; at += 41) expect(unpackPart(name, spoilt(part, at))).toBeNull();
    const task = parcels[0]?.bytes ?? new Uint8Array();
    for (let at = 0; at < task.length; at += 3) expect(partsOfParcel(spoilt(task, at))).toBeNull();
  });
});

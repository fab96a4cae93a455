/** Finished work kept as bytes: read back to the bit, never where a byte differs, and only for the very task and model. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { job } from "#ensemble/jobs.ts";
import { localLab, type Lab } from "#ensemble/work/lab.ts";
import type { RunsTask } from "#ensemble/work/runs-task.ts";
import { fromBytes, toBytes } from "#ensemble/work/shard-bytes.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { storedLab, type Store } from "#ensemble/work/stored.ts";
import { checked, twoYears } from "../model/checked.ts";

const example = {
  kind: "any",
  text: "über “quoted”\n",
  numbers: [0, -0, NaN, Infinity, -Infinity, 1 / 3],
  nothing: null,
  arrays: [Float64Array.of(NaN, -0, 1 / 3, 5e-324), Uint32Array.of(1, 2), Int32Array.of(-1), Uint8Array.of(1, 0, 1)],
  part: { inside: Float64Array.of(1, 2, 3).subarray(1, 2), empty: new Float64Array() },
};

describe("a shard's bytes", () => {
  it("give back what they were made of, -0 and NaN too", () => {
    expect(fromBytes("k", toBytes("k", example))).toEqual(example);
    // Node's own bytes, off their alignment.
    expect(fromBytes("k", Buffer.from([0, ...toBytes("k", example)]).subarray(1))).toEqual(example);
  });

  it("are of one key", () => {
    expect(fromBytes("other", toBytes("k", example))).toBeNull();
  });

  it("are not trusted where any one bit differs, or some are missing", () => {
    const bytes = toBytes("k", example);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const other = bytes.slice();
        other[at] = (other[at] as number) ^ (1 << bit);
        expect(fromBytes("k", other)).toBeNull();
        expect(fromBytes("k", bytes.subarray(0, at))).toBeNull();
      }),
    );
  });
});

const text = (rate: number): string => `${twoYears}
unknown u : share "U" ~ 10% to 40%
stock s : share = 50%
  + ${rate} * u / 12 months
outcome last = final(s)
`;
const model = checked(text(1));
const task = (first: number, seed = 1): RunsTask => ({
  kind: "runs",
  job: job("case", plainSituation({}), { series: ["s"] }),
  seed,
  first,
  count: 5,
});
const tasks = [0, 5, 10, 15, 20].map((first) => task(first));

function memory(): {
  files: Map<string, Uint8Array>;
  told: (readonly [number, number, readonly string[]])[];
  store: Store;
} {
  const files = new Map<string, Uint8Array>();
  const told: (readonly [number, number, readonly string[]])[] = [];
  return {
    files,
    told,
    store: {
      read: (name) => files.get(name) ?? null,
      write: (name, bytes) => void files.set(name, bytes),
      found: (there, of, damaged) => void told.push([there, of, damaged]),
    },
  };
}

/** A lab that stops after some tasks, and counts. */
function counted(stopAfter = Infinity): { lab: Lab; done: () => number } {
  let done = 0;
  const lab = localLab(async () => {
    if (++done >= stopAfter) throw new Error("killed");
  });
  return { lab, done: () => done };
}

describe("a stored lab", () => {
  it("goes on from what is there, to the same bits, in the same order", async () => {
    const wanted = await counted().lab.perform(model, tasks);
    const { store, files, told } = memory();
    await expect(storedLab(counted(2).lab, store).perform(model, tasks)).rejects.toThrow("killed");
    expect(files.size).toBe(2);
    const rest = counted();
    expect(await storedLab(rest.lab, store).perform(model, tasks)).toEqual(wanted);
    expect(rest.done()).toBe(3);
    expect(told).toEqual([
      [0, 5, []],
      [2, 5, []],
    ]);
    const none = counted();
    expect(await storedLab(none.lab, store).perform(model, tasks)).toEqual(wanted);
    expect(none.done()).toBe(0);
  });

  it("does damaged work again, says so, and heals it", async () => {
    const { store, files, told } = memory();
    const wanted = await storedLab(counted().lab, store).perform(model, tasks);
    const [, second] = [...files.keys()];
    const bytes = files.get(second ?? "")?.slice() ?? new Uint8Array();
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] as number) ^ 1;
    files.set(second ?? "", bytes);
    const again = counted();
    expect(await storedLab(again.lab, store).perform(model, tasks)).toEqual(wanted);
    expect([again.done(), told.at(-1)]).toEqual([1, [4, 5, [second]]]);
    const none = counted();
    await storedLab(none.lab, store).perform(model, tasks);
    expect(none.done()).toBe(0);
  });

  it("takes nothing of another seed, task or model, nor a file under another's name", async () => {
    const { store, files } = memory();
    await storedLab(counted().lab, store).perform(model, tasks);
    const other = counted();
    await storedLab(other.lab, store).perform(model, [task(0, 2), task(1)]);
    await storedLab(other.lab, store).perform(checked(text(2)), [task(0)]);
    expect(other.done()).toBe(3);
    const [one, two] = [...files.keys()];
    files.set(one ?? "", files.get(two ?? "") ?? new Uint8Array());
    const swapped = counted();
    await storedLab(swapped.lab, store).perform(model, tasks);
    expect(swapped.done()).toBe(1);
  });
});

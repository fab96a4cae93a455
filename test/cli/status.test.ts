/** The status line: what it says of the work, and that it keeps off what else is written. */

import { expect, it, vi } from "vitest";
import {
  firstState,
  lineText,
  nextState,
  places,
  drawLine,
  clearLine,
  timerSince,
  type StatusMessage,
} from "#cli/status-line.ts";

const command = { name: "casus run", isServer: false };

/** What the line says at `now`, after messages at their times, in milliseconds. */
function lineAfter(messages: readonly (readonly [number, StatusMessage])[], now: number, of = command): string | null {
  return lineText(
    of,
    messages.reduce((state, [at, message]) => nextState(state, message, at), firstState),
    now,
  );
}

it("says what is done, how far it is and how long it may take", () => {
  const runs = (done: number): readonly (readonly [number, StatusMessage])[] => [
    [1000, { kind: "doing", text: "the first of two views" }],
    [2000, { kind: "runs", total: 20_000, seconds: 30 }],
    [2500, { kind: "done", runs: done }],
  ];
  // Nothing is done yet: 30 s were predicted, 10 of them are over.
  expect(lineAfter(runs(0), 12_000)).toBe("casus run: the first of two views, 0 % of 20,000 runs, about 20 s left");
  // A quarter took 10 s.
  expect(lineAfter(runs(5000), 12_000)).toBe("casus run: the first of two views, 25 % of 20,000 runs, about 30 s left");
  // It has taken longer than was predicted.
  expect(lineAfter(runs(0), 202_000)).toBe("casus run: the first of two views, 0 % of 20,000 runs, about 3 min left");
});

it("says what comes after the runs, and before any", () => {
  const before: readonly (readonly [number, StatusMessage])[] = [[0, { kind: "doing", text: "reading the records" }]];
  expect(lineAfter([], 2000)).toBe("casus run: at work, 2 s so far");
  expect(lineAfter(before, 5000)).toBe("casus run: reading the records, 5 s so far");
  const after: readonly (readonly [number, StatusMessage])[] = [
    [0, { kind: "runs", total: 10, seconds: 1 }],
    [900, { kind: "rest" }],
  ];
  expect(lineAfter(after, 3000)).toBe("casus run: working on what the runs say, 3 s so far");
  const server = { name: "casus web", isServer: true };
  expect(lineAfter(after, 3000, server)).toBeNull();
  expect(lineAfter([...after, [1000, { kind: "doing", text: "drawing" }]], 3000, server)).toBe("casus web: drawing");
});

it("is not drawn for a while after something else was written, and is taken off before it is", () => {
  const shared = new Int32Array(new SharedArrayBuffer(4 * places.count));
  const put: string[] = [];
  const write = (text: string): void => void put.push(text);
  drawLine(shared, 1000, "early", write);
  drawLine(shared, 2000, "three words here", write);
  drawLine(shared, 2250, "two words", write);
  clearLine(shared, 2300, write);
  clearLine(shared, 2310, write);
  drawLine(shared, 3000, "too soon", write);
  expect(put).toEqual(["\rthree words here", "\rtwo words       ", `\r${" ".repeat(9)}\r`]);
});

it("counts on evenly where the clock of the machine is set", () => {
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1e12 });
  try {
    const sinceStart = timerSince(1e12 - 5000);
    for (const moment of [0, 2e12, 1e12]) {
      const before = sinceStart();
      vi.setSystemTime(moment);
      expect(sinceStart()).toBe(before);
      vi.advanceTimersByTime(100);
      expect(sinceStart()).toBe(before + 100);
    }
    expect(sinceStart()).toBe(5300);
  } finally {
    vi.useRealTimers();
  }
});

/** What the status line says, and the memory by which the two threads that write to the terminal keep out of each other's way. */

import { writeSync } from "node:fs";

export interface StatusTask {
  readonly name: string;
  /** It waits for others most of the time: only what it is known to do is worth a line. */
  readonly isServer: boolean;
  readonly shared: Int32Array<SharedArrayBuffer>;
  /** Milliseconds of the epoch at which the command began. */
  readonly started: number;
}

export type StatusMessage =
  | { readonly kind: "doing"; readonly text: string }
  | { readonly kind: "runs"; readonly total: number; readonly seconds: number }
  | { readonly kind: "done"; readonly runs: number }
  | { readonly kind: "rest" };

/** In the shared memory: whether somebody writes, how many characters of the line are shown, and when (since the start) something else was written. */
export const places = { lock: 0, shown: 1, written: 2, count: 3 };

/** Milliseconds after which silence is broken. */
const silence = 1500;

/** Only one thread writes at a time. */
function alone(shared: StatusTask["shared"], work: () => void): void {
  while (Atomics.compareExchange(shared, places.lock, 0, 1) !== 0) Atomics.wait(shared, places.lock, 1, 5);
  try {
    work();
  } finally {
    Atomics.store(shared, places.lock, 0);
    Atomics.notify(shared, places.lock);
  }
}

/** Takes the line off the terminal, and keeps it off for a while: something else is about to be written. */
export function clearLine(shared: StatusTask["shared"], now: number, write = put): void {
  alone(shared, () => {
    const shown = Atomics.exchange(shared, places.shown, 0);
    Atomics.store(shared, places.written, now);
    if (shown > 0) write(`\r${" ".repeat(shown)}\r`);
  });
}

/** Draws the line, unless something else was written a moment ago. */
export function drawLine(shared: StatusTask["shared"], now: number, text: string, write = put): void {
  alone(shared, () => {
    if (now - Atomics.load(shared, places.written) < silence) return;
    const before = Atomics.exchange(shared, places.shown, text.length);
    write(`\r${text.padEnd(before)}`);
  });
}

function put(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // A terminal that is busy or gone: the next line says it.
  }
}

/** What is known of the work. Times are milliseconds since the command began. */
interface StatusState {
  readonly doing: string;
  readonly runs: {
    readonly total: number;
    readonly done: number;
    readonly since: number;
    /** Predicted for all of them. */
    readonly seconds: number;
  } | null;
  /** Whether any runs were made. */
  readonly hasRun: boolean;
}

export const firstState: StatusState = { doing: "", runs: null, hasRun: false };

export function nextState(state: StatusState, message: StatusMessage, now: number): StatusState {
  switch (message.kind) {
    case "doing":
      return { ...state, doing: message.text };
    case "runs":
      return {
        ...state,
        hasRun: true,
        runs: { total: message.total, seconds: message.seconds, done: 0, since: now },
      };
    case "done":
      return state.runs === null ? state : { ...state, runs: { ...state.runs, done: message.runs } };
    case "rest":
      return { ...state, runs: null };
  }
}

/** Milliseconds since a moment of the calendar; they go on evenly though the clock is set meanwhile. */
export function timerSince(moment: number): () => number {
  const ahead = Date.now() - moment - performance.now();
  return () => ahead + performance.now();
}

/** Null where there is nothing to say. */
export function lineText(
  { name, isServer }: Pick<StatusTask, "name" | "isServer">,
  state: StatusState,
  now: number,
): string | null {
  const { doing, runs } = state;
  if (runs !== null) {
    const share = Math.floor((100 * runs.done) / Math.max(1, runs.total));
    const left = timeText(secondsLeft(runs, now));
    return `${name}: ${doing === "" ? "" : `${doing}, `}${share} % of ${runs.total.toLocaleString("en")} runs, about ${left} left`;
  }
  if (isServer) return doing === "" ? null : `${name}: ${doing}`;
  const what = doing !== "" ? doing : state.hasRun ? "working on what the runs say" : "at work";
  return `${name}: ${what}, ${timeText(now / 1000)} so far`;
}

/** By what was predicted until a tenth is done, then by how long that took. What has taken longer than predicted may take as long again. */
function secondsLeft({ total, done, since, seconds }: NonNullable<StatusState["runs"]>, now: number): number {
  const spent = (now - since) / 1000;
  const part = done / Math.max(1, total);
  if (part > 0.1) return (spent * (1 - part)) / part;
  return seconds > spent ? seconds - spent : spent;
}

function timeText(seconds: number): string {
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** The thread that draws the status line. */

import { parentPort, workerData } from "node:worker_threads";
import {
  drawLine,
  firstState,
  lineText,
  nextState,
  timerSince,
  type StatusMessage,
  type StatusTask,
} from "./status-line.ts";

/** Milliseconds between two drawings. */
const pause = 250;

const task = workerData as StatusTask;
const { shared, started } = task;
const sinceStart = timerSince(started);
let state = firstState;
let width = 79;

parentPort?.on("message", (message: StatusMessage & { readonly width: number }) => {
  width = message.width;
  state = nextState(state, message, sinceStart());
});

setInterval(() => {
  const now = sinceStart();
  const text = lineText(task, state, now);
  if (text !== null) drawLine(shared, now, text.slice(0, width));
}, pause);

/** Turns times from the start into steps of the run. A time within a millionth of a step counts as falling on it, as for the checker. */

const CLOSE = 1e-6;

/** The time the engine counts for a time that falls on a step, else the time itself; comparisons with dates are then exact. */
export function onStep(time: number, dt: number): number {
  const step = Math.round(time / dt);
  return Math.abs(time / dt - step) < CLOSE ? step * dt : time;
}

/** The first step at or after a time, not below 0. */
export function firstStepFrom(time: number, dt: number): number {
  const step = -Math.floor(-(time / dt - CLOSE));
  return step < 0 ? 0 : step;
}

/** The last step at or before a time, not above `steps`. */
export function lastStepTo(time: number, dt: number, steps: number): number {
  const step = Math.floor(time / dt + CLOSE);
  return step > steps ? steps : step;
}

/** The step nearest to a time, halves up, within the run. */
export function nearestStep(time: number, dt: number, steps: number): number {
  const step = Math.floor(time / dt + 0.5);
  return step < 0 ? 0 : step > steps ? steps : step;
}

/** Turns times of a checked model into dates as people write them, and back. */

import { describeTime, timeOfDate, type Clock } from "./calendar.ts";
import type { Time } from "../model.ts";

function clockOf(time: Time): Clock {
  return { ...time, start: time.start === null ? null : partsOf(time.start) };
}

function partsOf(iso: string): { readonly year: number; readonly month: number; readonly day: number } {
  const [year = 0, month = 1, day = 1] = iso.split("-").map(Number);
  return { year, month, day };
}

/** `2025-09-01`, or `12 month` where the case has no calendar. */
export function dateText(time: Time | null, at: number): string {
  return time === null ? String(at) : describeTime(clockOf(time), at);
}

/** The time from the start of an ISO date such as `2023-01` or `2023-01-15`; null where it is none, or the case has no calendar. */
export function timeAt(time: Time | null, iso: string): number | null {
  if (time === null || !/^\d{4}-\d{2}(-\d{2})?$/.test(iso)) return null;
  const clock = clockOf(time);
  const { year, month, day } = partsOf(iso);
  if (clock.start === null || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return timeOfDate({ ...clock, start: clock.start }, { year, month, day });
}

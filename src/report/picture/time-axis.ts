/** Places and words the ticks of a stretch of a case's time. */

import { ticks as ticksIn } from "d3-array";
import type { Time } from "#model/model.ts";

/** As much of a case's time as a picture needs. */
export type PictureClock = Pick<Time, "start" | "origin" | "unit">;

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const monthsIn = { month: 1, quarter: 3, year: 12 } as const;
const daysIn = { day: 1, week: 7 } as const;
const dayLength = 86_400_000;

/** At most `most` ticks over low..high, in the clock's unit from the start: years, months or days where there is a calendar. */
export function timeTicks(clock: PictureClock, low: number, high: number, most: number): readonly Tick[] {
  if (clock.start === null) {
    const ticks = ticksIn(clock.origin + low, clock.origin + high, Math.max(2, most));
    // The last says what is counted.
    return ticks.map((t, i) => ({
      at: t - clock.origin,
      label: i === ticks.length - 1 ? `${plainNumber(t)} ${clock.unit}s` : plainNumber(t),
    }));
  }
  const every = stepInMonths(monthsOf(clock, high) - monthsOf(clock, low), most);
  if (every === null) return dayTicks(clock, low, high, most);
  const first = Math.ceil(monthsOf(clock, low) / every - 1e-9) * every;
  const ticks: Tick[] = [];
  for (let m = first; m <= monthsOf(clock, high) + 1e-6; m += every)
    ticks.push({ at: timeOfMonth(clock, m), label: monthLabel(m, every, ticks.length === 0) });
  return ticks;
}

/** `1 Mar 2024`, `Mar 2024`, or an amount of the clock's unit. */
export function timeLabel(clock: PictureClock, time: number): string {
  if (clock.start === null)
    return `${plainNumber(clock.origin + time)} ${clock.unit}${clock.origin + time === 1 ? "" : "s"}`;
  if (clock.unit === "day" || clock.unit === "week") {
    const date = new Date(Date.parse(clock.start) + time * daysIn[clock.unit] * dayLength);
    return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()] ?? ""} ${date.getUTCFullYear()}`;
  }
  const months = Math.floor(monthsOf(clock, time) + 1e-6);
  return `${monthNames[months % 12] ?? ""} ${Math.floor(months / 12)}`;
}

/** An ISO date as people write it: `24 Feb 2022`, `Feb 2022`, `2022`. */
export function dateLabel(iso: string): string {
  const [year = "", month, day] = iso.split("-");
  const name = month === undefined ? "" : `${monthNames[Number(month) - 1] ?? ""} `;
  return `${day === undefined ? "" : `${Number(day)} `}${name}${year}`;
}

/** Time from the start of an ISO date; null without a calendar. */
export function timeOfIso(clock: PictureClock, iso: string): number | null {
  if (clock.start === null) return null;
  if (clock.unit === "day" || clock.unit === "week")
    return (Date.parse(iso) - Date.parse(clock.start)) / dayLength / daysIn[clock.unit];
  return (monthNumber(iso) - monthNumber(clock.start)) / monthsIn[clock.unit];
}

function plainNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function monthNumber(iso: string): number {
  const [year = "0", month = "1", day = "1"] = iso.split("-");
  return Number(year) * 12 + Number(month) - 1 + (Number(day) - 1) / 30.4375;
}

/** Months since the year 0. */
function monthsOf(clock: PictureClock, time: number): number {
  const { start, unit } = clock;
  const per = unit === "day" || unit === "week" ? daysIn[unit] / 30.4375 : monthsIn[unit];
  return monthNumber(start ?? "0000-01-01") + time * per;
}

function timeOfMonth(clock: PictureClock, months: number): number {
  const iso = `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}-01`;
  return timeOfIso(clock, iso) ?? 0;
}

/** The finest of the usual steps that gives no more than `most`; null where even months are too coarse. */
function stepInMonths(span: number, most: number): number | null {
  if (span < 2) return null;
  return [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((step) => span / step <= most) ?? 1200;
}

function monthLabel(months: number, every: number, isFirst: boolean): string {
  const year = Math.floor(months / 12);
  const month = months % 12;
  if (every >= 12) return String(year);
  return month === 0 || isFirst ? `${monthNames[month] ?? ""} ${year}` : (monthNames[month] ?? "");
}

function dayTicks(clock: PictureClock, low: number, high: number, most: number): readonly Tick[] {
  return ticksIn(low, high, Math.max(2, Math.min(most, 5))).map((at) => ({ at, label: timeLabel(clock, at) }));
}

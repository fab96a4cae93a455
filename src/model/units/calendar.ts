/** Checks `time` and makes the clock: dates to times from the start, and times to steps and dates. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import { nearest } from "#text/near.ts";
import type { CalendarDate, TimeNode } from "#language/tree.ts";
import type { Time } from "../model.ts";

export type TimeUnit = Time["unit"];

/** Mean lengths in days; a month is a twelfth of 365.25 days. */
export const daysIn: Readonly<Record<TimeUnit, number>> = {
  day: 1,
  week: 7,
  month: 30.4375,
  quarter: 91.3125,
  year: 365.25,
};

/** The most steps a run may have. */
const stepLimit = 1_000_000;

type PlainDate = Pick<CalendarDate, "year" | "month" | "day">;

export interface Clock {
  readonly start: PlainDate | null;
  readonly origin: number;
  readonly steps: number;
  readonly dt: number;
  readonly unit: TimeUnit;
  readonly method: "euler" | "rk4";
}

/** Length of the run in the clock's unit. */
export function horizon(clock: Clock): number {
  return clock.steps * clock.dt;
}

export function checkTime(node: TimeNode): [Clock | null, readonly Diagnostic[]] {
  // A unit that is missing has been told by the parser.
  if (node.unit.text === "") return [null, []];
  const found: Diagnostic[] = [];
  // Steps of hours and less are parts of a day.
  const inDay = partOfDay(node.unit.text);
  const unit = inDay === null ? timeUnit(node.unit.text) : "day";
  const step = node.step / (inDay ?? 1);
  if (unit === null)
    found.push(
      diagnose("unknown-name", node.unit.span, {
        wanted: "unit of time",
        name: node.unit.text,
        near: nearest(node.unit.text, [...Object.keys(daysIn), ...Object.keys(partsOfDay)]),
      }),
    );
  const method = node.method?.text ?? "euler";
  if (method !== "euler" && method !== "rk4")
    found.push(
      diagnose("unknown-name", node.method?.span ?? node.span, {
        wanted: "method of integration",
        name: method,
        near: nearest(method, ["euler", "rk4"]),
      }),
    );
  if (!(step > 0)) found.push(diagnose("bad-step", node.span, { step: node.step }));
  const dates = [node.start, node.end].filter((p) => typeof p !== "number");
  if (dates.length === 1) found.push(diagnose("mixed-time", node.span, {}));
  // A date that does not exist has been told by the parser.
  if (found.length > 0 || unit === null || !dates.every(exists)) return [null, found];
  const kept = { dt: step, unit, method: method === "rk4" ? ("rk4" as const) : ("euler" as const) };
  const length = between(node.start, node.end, unit) / (typeof node.start === "number" ? (inDay ?? 1) : 1);
  const exact = length / step;
  const steps = Math.round(exact);
  if (!(length > 0)) return [null, [diagnose("time-backwards", node.span, {})]];
  if (steps > stepLimit) return [null, [diagnose("over-budget", node.span, { what: "steps", limit: stepLimit })]];
  const start = typeof node.start === "number" ? null : plainDate(node.start);
  const clock: Clock = {
    start,
    // Minus zero would not come back from JSON.
    origin: typeof node.start === "number" && node.start !== 0 ? node.start / (inDay ?? 1) : 0,
    steps: Math.max(1, steps),
    ...kept,
  };
  if (steps < 1 || Math.abs(exact - steps) > 1e-9 * Math.max(1, exact)) {
    const fits = exact < 1 ? null : describeTime(clock, horizon(clock));
    const longest = `${shortNumber(length * (inDay ?? 1))} ${node.unit.text}`;
    return [null, [diagnose("partial-step", node.span, { steps: exact, fits, longest })]];
  }
  return [clock, []];
}

/** Short lengths of time: how many of them make a day. */
export const partsOfDay: Readonly<Record<string, number>> = { hour: 24, minute: 1440, second: 86_400 };

export function partOfDay(text: string): number | null {
  const bare = text.endsWith("s") ? text.slice(0, -1) : text;
  return Object.hasOwn(partsOfDay, bare) ? (partsOfDay[bare] ?? null) : null;
}

export function timeUnit(text: string): TimeUnit | null {
  const bare = text.endsWith("s") ? text.slice(0, -1) : text;
  return bare === "day" || bare === "week" || bare === "month" || bare === "quarter" || bare === "year" ? bare : null;
}

/**
 * Time from the start, in the clock's unit: whole calendar months count as such, days within a month as parts of it. The date by which a step is called is
 * the step's own: from the 31st of January by months, the 29th of February is the end of the first.
 */
export function timeOfDate(clock: Clock & { readonly start: PlainDate }, date: PlainDate): number {
  const time = between(clock.start, date, clock.unit);
  const onStep = Math.round(time / clock.dt) * clock.dt;
  return onStep !== time &&
    clock.unit !== "day" &&
    clock.unit !== "week" &&
    describeTime(clock, onStep) === isoDate(date)
    ? onStep
    : time;
}

function between(start: PlainDate | number, end: PlainDate | number, unit: TimeUnit): number {
  if (typeof start === "number" || typeof end === "number") return Number(end) - Number(start);
  if (unit === "day" || unit === "week") return (dayNumber(end) - dayNumber(start)) / daysIn[unit];
  return monthsBetween(start, end) / monthsIn(unit);
}

/**
 * Months from one date to another: whole from the start's day to the same day of another month, or to its last where it is shorter; days beyond as parts of
 * the time to the next such day. A later date is always more.
 */
function monthsBetween(start: PlainDate, end: PlainDate): number {
  const calendar = (end.year - start.year) * 12 + end.month - start.month;
  const whole = dayNumber(end) < dayNumber(monthsAfter(start, calendar)) ? calendar - 1 : calendar;
  const from = dayNumber(monthsAfter(start, whole));
  return whole + (dayNumber(end) - from) / (dayNumber(monthsAfter(start, whole + 1)) - from);
}

/** The start's day so many whole months later, or the last of a month that is shorter. */
function monthsAfter(start: PlainDate, months: number): PlainDate {
  const count = start.year * 12 + (start.month - 1) + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return { year, month, day: Math.min(start.day, daysInMonth(year, month)) };
}

/** The date so many months after another; the inverse, to the nearest day. */
function dateAfter(start: PlainDate, months: number): PlainDate {
  const whole = Math.floor(months + 1e-9);
  const [here, next] = [monthsAfter(start, whole), monthsAfter(start, whole + 1)];
  const rest = Math.max(0, months - whole);
  return dateOfDay(dayNumber(here) + Math.round(rest * (dayNumber(next) - dayNumber(here))));
}

function monthsIn(unit: Exclude<TimeUnit, "day" | "week">): number {
  return unit === "month" ? 1 : unit === "quarter" ? 3 : 12;
}

/** Days from 0000-03-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms", 2021). */
function dayNumber(d: PlainDate): number {
  const year = d.month <= 2 ? d.year - 1 : d.year;
  const shifted = (d.month + 9) % 12;
  const dayOfYear = Math.floor((153 * shifted + 2) / 5) + d.day - 1;
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear;
}

function dateOfDay(days: number): PlainDate {
  const era = Math.floor(days / 146_097);
  const inEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * inYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const day = inYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 30;
}

function plainDate(d: PlainDate): PlainDate {
  return { year: d.year, month: d.month, day: d.day };
}

export function exists(d: PlainDate): boolean {
  return d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= daysInMonth(d.year, d.month);
}

/** Of its month. */
export function lastDayOf(d: PlainDate): PlainDate {
  return { ...plainDate(d), day: daysInMonth(d.year, d.month) };
}

/** `2022-01-15`. */
export function isoDate(d: PlainDate): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${String(d.year).padStart(4, "0")}-${two(d.month)}-${two(d.day)}`;
}

/** A time from the start as people write it: a date where there is a calendar, else an amount of the clock's unit. */
export function describeTime(clock: Clock, time: number): string {
  if (clock.start === null) return `${shortNumber(clock.origin + time)} ${clock.unit}`;
  if (clock.unit === "day" || clock.unit === "week")
    return isoDate(dateOfDay(dayNumber(clock.start) + Math.round(time * daysIn[clock.unit])));
  return isoDate(dateAfter(clock.start, time * monthsIn(clock.unit)));
}

/** A number for a message: six significant digits, no trailing zeros. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A time as a count of steps: the nearest, whether it fell between two, whether a run has it. */
export function toStep(clock: Clock, time: number): { readonly step: number; readonly isWhole: boolean } {
  const exact = time / clock.dt;
  const step = Math.round(exact);
  return { step, isWhole: Math.abs(exact - step) < 1e-6 };
}

export function modelTime(clock: Clock): Time {
  const { steps, dt, unit, method } = clock;
  return { start: clock.start === null ? null : isoDate(clock.start), origin: clock.origin, steps, dt, unit, method };
}

/** The date a declaration states as such (`as of`, `known by`). One that does not exist has been told by the parser and counts as none. */
export function statedDate(date: CalendarDate | null): string | null {
  return date === null || !exists(date) ? null : isoDate(date);
}

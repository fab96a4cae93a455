/** Dates worked out a second time by JavaScript's own calendar (proleptic Gregorian, as ISO 8601 has it). */

import { expect, test } from "vitest";
import { describeTime, exists, lastDayOf, timeOfDate } from "#model/units/calendar.ts";

const day = 86_400_000;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

test("29 February exists in leap years, and in a century's year only every fourth", () => {
  for (let year = 1600; year <= 2500; year++) {
    const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
    expect(exists({ year, month: 2, day: 29 }), String(year)).toBe(isLeap);
    expect(lastDayOf({ year, month: 2, day: 1 }).day, String(year)).toBe(isLeap ? 29 : 28);
  }
  expect([1700, 1800, 1900, 2100].map((year) => exists({ year, month: 2, day: 29 }))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect([1600, 2000, 2400].map((year) => exists({ year, month: 2, day: 29 }))).toEqual([true, true, true]);
});

test("days are counted and told across Decembers and centuries", () => {
  const start = { year: 1899, month: 12, day: 30 };
  const clock = { start, origin: 0, steps: 1, dt: 1, unit: "day", method: "euler" } as const;
  const from = Date.UTC(1899, 11, 30);
  for (const days of [0, 1, 2, 31, 58, 59, 60, 61, 365, 366, 36_524, 36_525, 73_049, 146_097]) {
    expect(describeTime(clock, days), String(days)).toBe(iso(from + days * day));
    const [year = 0, month = 0, of = 0] = iso(from + days * day)
      .split("-")
      .map(Number);
    expect(timeOfDate(clock, { year, month, day: of })).toBe(days);
  }
});

test("months are told across Decembers", () => {
  const clock = {
    start: { year: 2022, month: 11, day: 1 },
    origin: 0,
    steps: 1,
    dt: 1,
    unit: "month",
    method: "euler",
  } as const;
  for (let months = 0; months <= 40; months++)
    expect(describeTime(clock, months), String(months)).toBe(iso(Date.UTC(2022, 10 + months, 1)));
  expect(describeTime({ ...clock, unit: "quarter" }, 5)).toBe("2024-02-01");
  expect(describeTime({ ...clock, unit: "year" }, 1.5)).toBe("2024-05-01");
});

test("every date is the date of its own time, by months from any day of a month and by weeks", () => {
  for (const day of [1, 15, 28, 29, 30, 31]) {
    const clock = {
      start: { year: 2023, month: 1, day },
      origin: 0,
      steps: 1,
      dt: 0.25,
      unit: "month",
      method: "euler",
    } as const;
    for (let days = 0; days < 500; days++) {
      const date = iso(Date.UTC(2023, 0, day + days));
      const [year = 0, month = 0, of = 0] = date.split("-").map(Number);
      expect(describeTime(clock, timeOfDate(clock, { year, month, day: of })), `from ${day}, ${days} days on`).toBe(
        date,
      );
    }
  }
  const weeks = {
    start: { year: 2023, month: 12, day: 20 },
    origin: 0,
    steps: 1,
    dt: 1,
    unit: "week",
    method: "euler",
  } as const;
  for (let week = 0; week <= 12; week++) expect(describeTime(weeks, week)).toBe(iso(Date.UTC(2023, 11, 20 + 7 * week)));
  expect(timeOfDate(weeks, { year: 2024, month: 1, day: 10 })).toBe(3);
  expect(timeOfDate(weeks, { year: 2023, month: 12, day: 21 })).toBeCloseTo(1 / 7, 12);
});

/** Writes figures as people read them. Files keep every digit; see `json.ts`. */

/** What a figure is shown in. */
export interface ShownUnit {
  readonly label: string;
  /** Shown = value / factor. */
  readonly factor: number;
}

/** In words people use: `per cent a year` for `share/year`, `months` for `month`. */
export function readable(unit: ShownUnit): ShownUnit {
  const [, per] = /^share\/(day|week|month|quarter|year)$/.exec(unit.label) ?? [];
  if (per !== undefined) return { label: `per cent a ${per}`, factor: unit.factor * 0.01 };
  return /^(day|week|month|quarter|year)$/.test(unit.label) ? { ...unit, label: `${unit.label}s` } : unit;
}

/** How a set of figures that stand together are written: divided by `by`, with so many decimals, headed by `unit`. */
export interface Scale {
  readonly by: number;
  readonly decimals: number;
  /** With the word for `by`, if there is one: `thousand people`. */
  readonly unit: string;
  /** That word next to a figure where there is little room: `k`; empty where there is none. */
  readonly short?: "" | "k" | "m" | "bn" | "tn";
}

/** `from`: from there on a figure is written with the word. It is a little below a million and so on, so that none becomes 1,000 thousand when it is rounded. */
const multiples = [
  { from: 0.9995e12, by: 1e12, word: "trillion", short: "tn" },
  { from: 0.9995e9, by: 1e9, word: "billion", short: "bn" },
  { from: 0.9995e6, by: 1e6, word: "million", short: "m" },
  { from: 1e4, by: 1e3, word: "thousand", short: "k" },
] as const;

/** From here on, and below, figures are written by powers of ten: words and zeros would hide their size. */
const large = 1e15;
const small = 1e-5;

/** One scale for all `values` (in base units): two digits or more for the largest; shares in per cent; thousands and more in words. */
export function scaleOf(values: readonly number[], declared: ShownUnit): Scale {
  const unit = readable(declared);
  const isShare = unit.label === "share";
  const factor = isShare ? 0.01 : unit.factor;
  const label = isShare ? "per cent" : unit.label === "1" || unit.label === "number" ? "" : unit.label;
  const largest = Math.max(0, ...values.filter((v) => Number.isFinite(v)).map((v) => Math.abs(v / factor)));
  if (largest >= large || (largest > 0 && largest < small)) {
    const power = Math.max(-300, Math.floor(Math.log10(largest)));
    return { by: factor * 10 ** power, decimals: 1, unit: `×10${raised(power)} ${label}`.trim() };
  }
  const multiple = multiples.find(({ from }) => largest >= from);
  if (multiple !== undefined && !isShare) {
    const { by, word, short } = multiple;
    return { by: factor * by, decimals: decimalsFor(largest / by), unit: `${word} ${label}`.trim(), short };
  }
  return { by: factor, decimals: decimalsFor(largest), unit: label };
}

const raisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function raised(power: number): string {
  const digits = [...String(Math.abs(power))].map((d) => raisedDigits[Number(d)]);
  return (power < 0 ? "⁻" : "") + digits.join("");
}

function decimalsFor(largest: number): number {
  if (largest === 0 || largest >= 10) return 0;
  let decimals = 1;
  for (let size = 1; largest < size && decimals < 6; size /= 10) decimals++;
  return decimals;
}

/** How far apart two figures are, rounded after they were subtracted. */
export interface ShownGap {
  /** In the scale, without a sign. */
  readonly shown: number;
  readonly size: string;
  /** Whether the two figures, as they are written, are as far apart. */
  readonly addsUp: boolean;
}

export function gapInScale(a: number, b: number, scale: Scale): ShownGap {
  const written = (value: number): number => Number((value / scale.by).toFixed(scale.decimals));
  const shown = Math.abs(written(a - b));
  const between = Math.abs(written(a) - written(b));
  const addsUp = between.toFixed(scale.decimals) === shown.toFixed(scale.decimals);
  return { shown, size: grouped(shown, scale.decimals), addsUp };
}

/** The scale of two figures next to which their difference is written: with up to three digits more, where they would otherwise not add up to it. */
export function scaleOfPair(a: number, b: number, unit: ShownUnit): Scale {
  const scale = scaleOf([a, b], unit);
  const finer = [0, 1, 2, 3].map((more) => ({ ...scale, decimals: scale.decimals + more }));
  return finer.find((s) => gapInScale(a, b, s).addsUp) ?? scale;
}

/** The scale with up to four digits more: as many as it takes for the figures of each group, the ends of an interval and the line it is held against, to be written differently where they differ. */
export function scaleApart(scale: Scale, ...groups: readonly (readonly number[])[]): Scale {
  const finer = [0, 1, 2, 3, 4].map((more) => ({ ...scale, decimals: scale.decimals + more }));
  const apart = (s: Scale): number =>
    groups.reduce((n, group) => n + new Set(group.filter(Number.isFinite).map((v) => inScale(v, s))).size, 0);
  const most = Math.max(...finer.map(apart));
  return finer.find((s) => apart(s) === most) ?? scale;
}

/** What stands after a figure that has no sampling error. */
const exactly = "(exact)";

/** A figure and its standard error. */
interface Measured {
  readonly value: number;
  readonly se: number;
}

/** How a figure is written: divided by `by`, with so many decimals. */
type Digits = Pick<Scale, "by" | "decimals">;

/** An error of this part of a figure is rounding. */
const roundingError = 1e-12;

/** Two standard errors after a figure, `±1.2`, with as many decimals more as it takes not to read as none; or that it has none. */
export function slackText({ value, se }: Measured, { by, decimals }: Digits): string {
  if (!Number.isFinite(se)) return "(error not known)";
  if (se <= roundingError * Math.abs(value)) return exactly;
  const slack = (2 * se) / by;
  const enough = [0, 1, 2, 3].map((more) => decimals + more).find((d) => Number(slack.toFixed(d)) > 0);
  return `±${grouped(slack, enough ?? decimals)}`;
}

/** `12.4 (11.9 to 12.9)`; `12.4 (exact)` where both ends are the figure itself. */
export function withSpan(value: number, low: number, high: number, scale: Scale): string {
  const text = inScale(value, scale);
  return high - low <= roundingError * Math.abs(value)
    ? `${text} ${exactly}`
    : `${text} (${inScale(low, scale)} to ${inScale(high, scale)})`;
}

export function inScale(value: number, scale: Scale): string {
  return Number.isFinite(value) ? grouped(value / scale.by, scale.decimals) : "–";
}

/** `12,345.6`; a true minus sign; never `-0`. */
export function grouped(value: number, decimals: number): string {
  const digits = Math.abs(value).toFixed(decimals);
  const [whole = "", part] = digits.split(".");
  const spaced = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  const sign = value < 0 && Number(digits) !== 0 ? "−" : "";
  return sign + spaced + (part === undefined ? "" : `.${part}`);
}

export function signed(value: number, decimals: number): string {
  const text = grouped(value, decimals);
  return value > 0 && Number(text.replaceAll(",", "")) !== 0 ? `+${text}` : text;
}

/** A chance as runs in 100: one decimal below 10 and above 90, where it matters. */
export function ofHundred(chance: number): string {
  if (!Number.isFinite(chance)) return "–";
  const runs = chance * 100;
  return grouped(runs, (runs < 9.95 || runs > 90.05) && runs !== 0 && runs !== 100 ? 1 : 0);
}

/** `42 ±3`: runs in 100, and two standard errors. */
export function ofHundredWithError(chance: number, se: number): string {
  const text = ofHundred(chance);
  if (!Number.isFinite(se)) return text;
  return `${text} ${slackText({ value: chance, se }, { by: 0.01, decimals: text.includes(".") || se < 0.00475 ? 1 : 0 })}`;
}

/** For sentences: whole tenths. */
export function tenths(chance: number): string {
  if (!Number.isFinite(chance)) return "an unknown number of runs";
  if (chance === 0) return "no run";
  if (chance === 1) return "every run";
  if (chance < 0.05) return "fewer than 1 run in 20";
  if (chance > 0.95) return "more than 19 runs in 20";
  const n = Math.round(chance * 10);
  return n === 10 ? "more than 9 runs in 10" : `about ${n} ${n === 1 ? "run" : "runs"} in 10`;
}

export function plural(n: number, word: string, many = `${word}s`): string {
  return `${grouped(n, 0)} ${n === 1 ? word : many}`;
}

/** `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

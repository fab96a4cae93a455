/** The one table of functions, for the checker, the manual and the editor. */

/** Where a function may stand: in any expression over a run, in outcomes, in statements over runs, in tests of records. */
type FunctionPlace = "anywhere" | "run" | "outcome" | "figure" | "record";

export interface FunctionEntry {
  readonly name: string;
  /** As one writes it, optional arguments in brackets. */
  readonly usage: string;
  readonly least: number;
  readonly most: number;
  readonly place: FunctionPlace;
  /** What its arguments and its value are measured in. */
  readonly units: string;
  readonly meaning: string;
}

const many = Number.MAX_SAFE_INTEGER;

interface EntryInput {
  readonly place: FunctionPlace;
  readonly usage: string;
  readonly least: number;
  readonly most: number;
  readonly units: string;
  readonly meaning: string;
}

function entry({ place, usage, least, most, units, meaning }: EntryInput): FunctionEntry {
  return { name: usage.slice(0, usage.indexOf("(")), usage, least, most, place, units, meaning };
}

const plainToPlain = "a plain number, of a plain number";
const asX = "as x";

export const functions: readonly FunctionEntry[] = [
  entry({
    place: "anywhere",
    usage: "min(a, b, …)",
    least: 1,
    most: many,
    units: "as its arguments",
    meaning:
      "the least of several; of a family, over its elements; in an outcome min(x) or min(x, from, to) is over time",
  }),
  entry({
    place: "anywhere",
    usage: "max(a, b, …)",
    least: 1,
    most: many,
    units: "as its arguments",
    meaning:
      "the greatest of several; of a family, over its elements; in an outcome max(x) or max(x, from, to) is over time",
  }),
  entry({
    place: "anywhere",
    usage: "clamp(x, low, high)",
    least: 3,
    most: 3,
    units: asX,
    meaning: "x kept within low and high",
  }),
  entry({ place: "anywhere", usage: "abs(x)", least: 1, most: 1, units: asX, meaning: "x without its sign" }),
  entry({ place: "anywhere", usage: "exp(x)", least: 1, most: 1, units: plainToPlain, meaning: "e to the power x" }),
  entry({ place: "anywhere", usage: "log(x)", least: 1, most: 1, units: plainToPlain, meaning: "natural logarithm" }),
  entry({
    place: "anywhere",
    usage: "sqrt(x)",
    least: 1,
    most: 1,
    units: "half the powers of x",
    meaning: "square root",
  }),
  entry({ place: "anywhere", usage: "sin(x)", least: 1, most: 1, units: plainToPlain, meaning: "sine of radians" }),
  entry({ place: "anywhere", usage: "cos(x)", least: 1, most: 1, units: plainToPlain, meaning: "cosine of radians" }),
  entry({
    place: "anywhere",
    usage: "arctan(x)",
    least: 1,
    most: 1,
    units: plainToPlain,
    meaning: "the angle in radians whose tangent is x",
  }),
  entry({ place: "anywhere", usage: "tanh(x)", least: 1, most: 1, units: plainToPlain, meaning: "hyperbolic tangent" }),
  entry({
    place: "anywhere",
    usage: "logistic(x)",
    least: 1,
    most: 1,
    units: plainToPlain,
    meaning: "1 / (1 + exp(-x))",
  }),
  entry({
    place: "anywhere",
    usage: "floor(x)",
    least: 1,
    most: 1,
    units: plainToPlain,
    meaning: "the greatest whole number not above x",
  }),
  entry({
    place: "anywhere",
    usage: "round(x)",
    least: 1,
    most: 1,
    units: plainToPlain,
    meaning: "the nearest whole number",
  }),
  entry({
    place: "anywhere",
    usage: "mod(a, b)",
    least: 2,
    most: 2,
    units: "as a; a and b alike",
    meaning: "what is left of a after whole b's",
  }),
  entry({
    place: "anywhere",
    usage: "sum(family)",
    least: 1,
    most: 1,
    units: "as its members",
    meaning: "over the elements of a family",
  }),
  entry({
    place: "anywhere",
    usage: "mean(family)",
    least: 1,
    most: 3,
    units: "as its members",
    meaning:
      "over the elements of a family; in an outcome mean(x) or mean(x, from, to) is over time; in a statement over runs",
  }),
  entry({
    place: "run",
    usage: "step(date, [height])",
    least: 1,
    most: 2,
    units: "as height; a plain 1 without",
    meaning: "0 before the date, height from then on",
  }),
  entry({
    place: "run",
    usage: "ramp(slope, from, [to])",
    least: 2,
    most: 3,
    units: "slope times time",
    meaning: "0 until from, then rising by slope, level after to",
  }),
  entry({
    place: "run",
    usage: "pulse(from, width)",
    least: 2,
    most: 2,
    units: "a plain number",
    meaning: "1 for a while from a date on, else 0; between steps the share of the step it covers",
  }),
  entry({
    place: "run",
    usage: "delay(x, time, [initial])",
    least: 2,
    most: 3,
    units: asX,
    meaning: "x as it was that long ago; before that, its value at the start or the one given",
  }),
  entry({
    place: "run",
    usage: "smooth(x, time, [initial])",
    least: 2,
    most: 3,
    units: asX,
    meaning:
      "exponential smoothing of x with that time constant; shorter than a step it swings around x, and than half a step it is refused",
  }),
  entry({
    place: "run",
    usage: "delay3(x, time, [initial])",
    least: 2,
    most: 3,
    units: asX,
    meaning:
      "third-order delay: what goes in comes out, spread around that time later; shorter than three steps it swings, and than one and a half it is refused",
  }),
  entry({
    place: "run",
    usage: "happened(event, [by])",
    least: 1,
    most: 2,
    units: "true or false; by is a date",
    meaning: "the event has happened, or had by a date",
  }),
  entry({
    place: "run",
    usage: "time_of(event, [otherwise])",
    least: 1,
    most: 2,
    units: "time",
    meaning: "when it first happened; otherwise, or the end of the case, while it has not",
  }),
  entry({
    place: "run",
    usage: "since(event, otherwise)",
    least: 2,
    most: 2,
    units: "time",
    meaning: "time since it last happened; otherwise while it has not",
  }),
  entry({
    place: "run",
    usage: "count(event)",
    least: 1,
    most: 1,
    units: "a plain number",
    meaning: "how often it has happened",
  }),
  entry({
    place: "run",
    usage: "first(event, event, …)",
    least: 1,
    most: many,
    units: "the name of an event, or none",
    meaning: "which of the events happened first; compare with a name: first(a, b) = a",
  }),
  entry({
    place: "anywhere",
    usage: "believed(view or actor, unknown)",
    least: 2,
    most: 2,
    units: "as the unknown",
    meaning: "the unknown as that mind sees it: the same luck through its own distribution",
  }),
  entry({ place: "outcome", usage: "final(x)", least: 1, most: 1, units: asX, meaning: "x at the end of the run" }),
  entry({ place: "outcome", usage: "at(x, date)", least: 2, most: 2, units: asX, meaning: "x at a date" }),
  entry({
    place: "outcome",
    usage: "total(x, [from, to])",
    least: 1,
    most: 3,
    units: "x times time",
    meaning: "what a stock with x flowing in would gather",
  }),
  entry({
    place: "figure",
    usage: "chance(truth)",
    least: 1,
    most: 1,
    units: "a share of runs",
    meaning: "the share of runs in which it is true; chance(x if what is done | what is known)",
  }),
  entry({ place: "figure", usage: "median(x)", least: 1, most: 1, units: asX, meaning: "the middle of x over runs" }),
  entry({
    place: "figure",
    usage: "quantile(x, share)",
    least: 2,
    most: 2,
    units: asX,
    meaning: "the value that share of runs stays below",
  }),
  entry({
    place: "record",
    usage: "share(truth | truth)",
    least: 1,
    most: 1,
    units: "a share of cases",
    meaning: "the share of a record's cases in which it is true, among those where the second is",
  }),
  entry({
    place: "record",
    usage: "rate(truth, time | truth)",
    least: 2,
    most: 2,
    units: "1 / time",
    meaning: "events for each length of time watched: summed over the cases, or one length for all of them together",
  }),
  entry({
    place: "record",
    usage: "survival(time, truth, at | truth)",
    least: 3,
    most: 3,
    units: "a share of cases",
    meaning:
      "the share of cases still without the event at a time (Kaplan–Meier), each watched for its time, which the event ended or not",
  }),
  entry({
    place: "record",
    usage: "incidence(time, truth, truth, at | truth)",
    least: 4,
    most: 4,
    units: "a share of cases",
    meaning:
      "the share with the event by a time where something else, the second truth, may come first (Aalen–Johansen)",
  }),
];

export function findFunction(name: string): FunctionEntry | undefined {
  return functions.find((f) => f.name === name);
}

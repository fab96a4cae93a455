/** The one table of functions, for the checker, the manual and the editor. */

/** Where a function may stand: in any expression over a run, in outcomes, in statements over runs, in tests of records. */
export type FunctionPlace = "anywhere" | "run" | "outcome" | "figure" | "record";

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

function entry(
  place: FunctionPlace,
  usage: string,
  least: number,
  most: number,
  units: string,
  meaning: string,
): FunctionEntry {
  return { name: usage.slice(0, usage.indexOf("(")), usage, least, most, place, units, meaning };
}

const plainToPlain = "a plain number, of a plain number";
const asX = "as x";

export const functions: readonly FunctionEntry[] = [
  entry(
    "anywhere",
    "min(a, b, …)",
    1,
    many,
    "as its arguments",
    "the least of several; of a family, over its elements; in an outcome min(x) or min(x, from, to) is over time",
  ),
  entry(
    "anywhere",
    "max(a, b, …)",
    1,
    many,
    "as its arguments",
    "the greatest of several; of a family, over its elements; in an outcome max(x) or max(x, from, to) is over time",
  ),
  entry("anywhere", "clamp(x, low, high)", 3, 3, asX, "x kept within low and high"),
  entry("anywhere", "abs(x)", 1, 1, asX, "x without its sign"),
  entry("anywhere", "exp(x)", 1, 1, plainToPlain, "e to the power x"),
  entry("anywhere", "log(x)", 1, 1, plainToPlain, "natural logarithm"),
  entry("anywhere", "sqrt(x)", 1, 1, "half the powers of x", "square root"),
  entry("anywhere", "sin(x)", 1, 1, plainToPlain, "sine of radians"),
  entry("anywhere", "cos(x)", 1, 1, plainToPlain, "cosine of radians"),
  entry("anywhere", "arctan(x)", 1, 1, plainToPlain, "the angle in radians whose tangent is x"),
  entry("anywhere", "tanh(x)", 1, 1, plainToPlain, "hyperbolic tangent"),
  entry("anywhere", "logistic(x)", 1, 1, plainToPlain, "1 / (1 + exp(-x))"),
  entry("anywhere", "floor(x)", 1, 1, plainToPlain, "the greatest whole number not above x"),
  entry("anywhere", "round(x)", 1, 1, plainToPlain, "the nearest whole number"),
  entry("anywhere", "mod(a, b)", 2, 2, "as a; a and b alike", "what is left of a after whole b's"),
  entry("anywhere", "sum(family)", 1, 1, "as its members", "over the elements of a family"),
  entry(
    "anywhere",
    "mean(family)",
    1,
    3,
    "as its members",
    "over the elements of a family; in an outcome mean(x) or mean(x, from, to) is over time; in a statement over runs",
  ),
  entry("run", "step(date, [height])", 1, 2, "as height; a plain 1 without", "0 before the date, height from then on"),
  entry(
    "run",
    "ramp(slope, from, [to])",
    2,
    3,
    "slope times time",
    "0 until from, then rising by slope, level after to",
  ),
  entry(
    "run",
    "pulse(from, width)",
    2,
    2,
    "a plain number",
    "1 for a while from a date on, else 0; between steps the share of the step it covers",
  ),
  entry(
    "run",
    "delay(x, time, [initial])",
    2,
    3,
    asX,
    "x as it was that long ago; before that, its value at the start or the one given",
  ),
  entry(
    "run",
    "smooth(x, time, [initial])",
    2,
    3,
    asX,
    "exponential smoothing of x with that time constant; shorter than a step it swings around x, and than half a step it is refused",
  ),
  entry(
    "run",
    "delay3(x, time, [initial])",
    2,
    3,
    asX,
    "third-order delay: what goes in comes out, spread around that time later; shorter than three steps it swings, and than one and a half it is refused",
  ),
  entry(
    "run",
    "happened(event, [by])",
    1,
    2,
    "true or false; by is a date",
    "the event has happened, or had by a date",
  ),
  entry(
    "run",
    "time_of(event, [otherwise])",
    1,
    2,
    "time",
    "when it first happened; otherwise, or the end of the case, while it has not",
  ),
  entry("run", "since(event, otherwise)", 2, 2, "time", "time since it last happened; otherwise while it has not"),
  entry("run", "count(event)", 1, 1, "a plain number", "how often it has happened"),
  entry(
    "run",
    "first(event, event, …)",
    1,
    many,
    "the name of an event, or none",
    "which of the events happened first; compare with a name: first(a, b) = a",
  ),
  entry(
    "anywhere",
    "believed(view or actor, unknown)",
    2,
    2,
    "as the unknown",
    "the unknown as that mind sees it: the same luck through its own distribution",
  ),
  entry("outcome", "final(x)", 1, 1, asX, "x at the end of the run"),
  entry("outcome", "at(x, date)", 2, 2, asX, "x at a date"),
  entry("outcome", "total(x, [from, to])", 1, 3, "x times time", "what a stock with x flowing in would gather"),
  entry(
    "figure",
    "chance(truth)",
    1,
    1,
    "a share of runs",
    "the share of runs in which it is true; chance(x if what is done | what is known)",
  ),
  entry("figure", "median(x)", 1, 1, asX, "the middle of x over runs"),
  entry("figure", "quantile(x, share)", 2, 2, asX, "the value that share of runs stays below"),
  entry(
    "record",
    "share(truth | truth)",
    1,
    1,
    "a share of cases",
    "the share of a record's cases in which it is true, among those where the second is",
  ),
  entry(
    "record",
    "rate(truth, time | truth)",
    2,
    2,
    "1 / time",
    "events for each length of time watched: summed over the cases, or one length for all of them together",
  ),
  entry(
    "record",
    "survival(time, truth, at | truth)",
    3,
    3,
    "a share of cases",
    "the share of cases still without the event at a time (Kaplan–Meier), each watched for its time, which the event ended or not",
  ),
  entry(
    "record",
    "incidence(time, truth, truth, at | truth)",
    4,
    4,
    "a share of cases",
    "the share with the event by a time where something else, the second truth, may come first (Aalen–Johansen)",
  ),
];

export function findFunction(name: string): FunctionEntry | undefined {
  return functions.find((f) => f.name === name);
}

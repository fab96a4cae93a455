/** The time settings of a model as the language has them: figures, a unit of time, a whole number of steps. */

import { constantIn } from "./constants.ts";
import type { SdClock } from "./context.ts";
import { UnreadableFile, type Loss } from "../problem.ts";
import { walkSd, type SdExpression, type SdModel } from "./tree.ts";

const units: readonly (readonly [RegExp, string])[] = [
  [/^(?:days?|d)$/i, "day"],
  [/^(?:weeks?|wks?)$/i, "week"],
  [/^(?:months?|mons?|mth)$/i, "month"],
  [/^(?:quarters?|qtrs?)$/i, "quarter"],
  [/^(?:years?|yrs?|y)$/i, "year"],
];

/** The most steps a run of the language may have. */
const mostSteps = 1_000_000;

/** Throws `UnreadableFile` where they are no figures, or fit no run. */
export function clockOf(model: SdModel, losses: Loss[]): SdClock & { readonly every: number } {
  const { time } = model;
  const start = settled("the start", time.start, model, 0);
  const of = (what: string, e: SdExpression): number => settled(what, e, model, start);
  const step = of("the time step", time.step);
  const stop = of("the end", time.stop);
  const every = time.every === null ? step : of("the interval of output", time.every);
  const change = (name: string, why: string): number => losses.push({ name, why, span: time.span, isChanged: true });
  for (const [name, e] of [
    ["the start", time.start],
    ["the time step", time.step],
    ["the end", time.stop],
    ["the interval of output", time.every],
  ] as const)
    if (e !== null && moves(e, model))
      change(name, "it changes during the run in the file; its value at the start is taken");
  if (!(step > 0) || !(stop > start))
    throw new UnreadableFile(
      `the model runs from ${start} to ${stop} by ${step}`,
      time.span,
      "give a step above 0 and an end after the start",
    );
  const exact = (stop - start) / step;
  const steps = Math.floor(exact + 1e-6);
  if (steps < 1 || steps > mostSteps)
    throw new UnreadableFile(
      `the run has ${steps} steps; 1 to ${mostSteps} are allowed`,
      time.span,
      "give a larger step or a nearer end",
    );
  if (Math.abs(exact - steps) > 1e-6)
    change("the end", `${stop} falls between two steps; the run ends at ${start + steps * step}`);
  const written = (time.unit ?? "").replace(/\s*\[.*$/, "").trim();
  const unit = units.find(([pattern]) => pattern.test(written))?.[1] ?? "day";
  if (written !== "" && !units.some(([pattern]) => pattern.test(written)))
    change("the unit of time", `the language has no '${written}'; a 'day' stands for one`);
  // Counted from the start, so that the sum is the end to the last digit.
  return { start, stop: Number((start + steps * step).toPrecision(15)), step, unit, every };
}

/** The value at the start. */
function settled(what: string, e: SdExpression, model: SdModel, start: number): number {
  const value = constantIn(e, lookIn(model, start, 0), start);
  if (value === null || !Number.isFinite(value))
    throw new UnreadableFile(
      `${what} of the run is not a figure that is known before it`,
      model.time.span,
      "give it as a number in the model's time settings",
    );
  return value;
}

function lookIn(
  model: SdModel,
  start: number,
  depth: number,
): (e: Extract<SdExpression, { kind: "name" }>) => number | null {
  return ({ name, subscripts }) => {
    if (depth > 50 || subscripts !== null) return null;
    const own = settingsOf(model)[name];
    const content = model.variables.find((v) => v.name === name)?.equations[0]?.content;
    const found =
      own ?? (content?.kind === "expression" ? content.expression : content?.kind === "stock" ? content.initial : null);
    return found === null ? null : constantIn(found, lookIn(model, start, depth + 1), start);
  };
}

function settingsOf({ time }: SdModel): Readonly<Record<string, SdExpression>> {
  return {
    initial_time: time.start,
    final_time: time.stop,
    time_step: time.step,
    ...(time.every === null ? {} : { saveper: time.every }),
  };
}

/** True where it reads the time, by way of whatever. */
function moves(e: SdExpression, model: SdModel): boolean {
  const settings = settingsOf(model);
  const seen = new Set<string>();
  let found = false;
  const visit = (root: SdExpression): void =>
    walkSd(root, (part) => {
      if (part.kind !== "name" || seen.has(part.name)) return;
      seen.add(part.name);
      if (part.name === "time") found = true;
      const setting = settings[part.name];
      if (setting !== undefined) return visit(setting);
      const content = model.variables.find((v) => v.name === part.name)?.equations[0]?.content;
      if (content?.kind === "expression") visit(content.expression);
      if (content?.kind === "stock") found = true;
    });
  visit(e);
  return found;
}

/** Two engines, a model and a setting in; where their runs differ in a single bit, or null, out. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { drawsFor } from "#ensemble/draws/draws.ts";
import { plainSituation } from "#ensemble/situation.ts";
import {
  optionColumns,
  RunFailure,
  type BatchDraws,
  type BatchProgram,
  type BatchResult,
  type Engine,
  type Setting,
  type Watch,
} from "#kernel/engine.ts";

/** All stocks and lets as series, finals that read an event, a hazard's exposure and sums over time, and a condition on the first stock. */
export function watchOf(model: Model): Watch {
  const [stock] = model.stocks;
  const [event] = model.events;
  const zero: Expression = { op: "const", value: 0 };
  return {
    series: [...model.stocks, ...model.lets].map((s) => s.name),
    always:
      stock === undefined
        ? []
        : [{ op: "binary", operator: "gt", left: { op: "stock", name: stock.name }, right: zero }],
    finals: [
      ...(event === undefined ? [] : [{ op: "timeOf" as const, event: event.name, otherwise: zero }]),
      ...model.events
        .filter((e) => e.timing.kind === "hazard")
        .flatMap((e) =>
          (["at", "total"] as const).map((statistic) => over(statistic, { op: "exposure", event: e.name })),
        ),
      ...(stock === undefined
        ? []
        : (["total", "mean"] as const).map((statistic) => over(statistic, { op: "stock", name: stock.name }))),
    ],
  };
}

/** From the third step's time on; `at` reads it. */
function over(statistic: "at" | "total" | "mean", of: Expression): Expression {
  return { op: "over", statistic, of, from: { op: "const", value: 3 }, to: null };
}

/** One that names the options. */
type ChosenSetting = Setting & { readonly choices: Readonly<Record<string, string>> };

/** The same engine with programs that leave the options to the draws. */
export function opened(engine: Engine): Engine {
  return {
    ...engine,
    compile: (model, setting, watch) => {
      const program = engine.compile(model, { ...setting, choices: "given" }, watch);
      const { choices } = setting as ChosenSetting;
      return {
        ...program,
        run: (draws) =>
          program.run({
            ...draws,
            claims: [...draws.claims, ...optionColumns(model, choices, draws.worlds.length)],
          }),
      };
    },
  };
}

export function drawn(
  model: Model,
  program: Pick<BatchProgram, "believed">,
  setting: ChosenSetting,
  worlds: number,
  view = "case",
): BatchDraws {
  const rows = drawsFor(model, { view, situation: plainSituation(setting.choices) }, program, 7, worlds);
  const by = (of: readonly unknown[], kind: "claims" | "unknowns" | "believed"): readonly Float64Array[] =>
    of.map((_, i) => Float64Array.from(rows, (r) => r[kind][i] as number));
  return {
    seed: 7,
    worlds: Uint32Array.from(rows, (_, w) => w),
    claims: by(model.claims, "claims"),
    unknowns: by(model.unknowns, "unknowns"),
    believed: by(program.believed, "believed"),
  };
}

/** A failure is told by what it says. */
function resultOf(program: BatchProgram, draws: BatchDraws): BatchResult | string {
  try {
    return program.run(draws);
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error;
    return `${error.message} (${Object.is(error.value, -0) ? "-0" : error.value})`;
  }
}

/** The one world of a batch. */
function only(draws: BatchDraws, at: number): BatchDraws {
  const cut = (columns: readonly Float64Array[]): readonly Float64Array[] => columns.map((c) => c.slice(at, at + 1));
  return {
    seed: draws.seed,
    worlds: draws.worlds.slice(at, at + 1),
    claims: cut(draws.claims),
    unknowns: cut(draws.unknowns),
    believed: cut(draws.believed),
  };
}

/** The whole batch first; where it fails, every world by itself, so that those that do not fail are compared too. */
export function difference(
  [one, other]: readonly [Engine, Engine],
  model: Model,
  setting: ChosenSetting,
  worlds: number,
  view = "case",
): string | null {
  const watch = watchOf(model);
  const a = one.compile(model, setting, watch);
  const b = other.compile(model, setting, watch);
  const draws = [drawn(model, a, setting, worlds, view), drawn(model, b, setting, worlds, view)] as const;
  const [x, y] = [resultOf(a, draws[0]), resultOf(b, draws[1])];
  const whole = between(x, y);
  if (whole !== null || typeof x !== "string") return whole;
  for (let at = 0; at < worlds; at++) {
    const found = between(resultOf(a, only(draws[0], at)), resultOf(b, only(draws[1], at)));
    if (found !== null) return `world ${at}: ${found}`;
  }
  return null;
}

function between(x: BatchResult | string, y: BatchResult | string): string | null {
  if (typeof x === "string" || typeof y === "string") {
    const [said, also] = [x, y].map((one) => (typeof one === "string" ? one : "no failure"));
    return said === also ? null : `${said} or ${also}`;
  }
  const clamped = different("clamped steps", x.clampedSteps, y.clampedSteps);
  if (clamped !== null) return clamped;
  for (const what of ["series", "outcomes", "finals", "always", "firstTimes"] as const)
    for (const [i, column] of x[what].entries()) {
      const found = different(`${what} ${i}`, column, y[what][i] ?? []);
      if (found !== null) return found;
    }
  return null;
}

function different(what: string, x: ArrayLike<number>, y: ArrayLike<number>): string | null {
  if (x.length !== y.length) return `${what}: ${x.length} or ${y.length} values`;
  for (let i = 0; i < x.length; i++) if (!Object.is(x[i], y[i])) return `${what} at ${i}: ${x[i]} or ${y[i]}`;
  return null;
}

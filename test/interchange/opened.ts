/** A model's file in; the case that it becomes, in which nothing may be wrong, and its figures in one run out. */

import { expect } from "vitest";
import { printDiagnostics } from "#text/print.ts";
import { importModel } from "#interchange/dynamics/import-model.ts";
import type { SuppliedTable } from "#interchange/dynamics/supplied.ts";
import { readModel } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { runOnce, type Run } from "./run-once.ts";

type Made = ReturnType<typeof importModel> & { readonly model: Model };

/** The file as a case that checks. */
export function openedModel(name: string, source: string, tables: readonly SuppliedTable[] = []): Made {
  const made = importModel({ name, text: source }, tables);
  const { text } = made;
  const documents = [{ name: "opened.casus", text }];
  const [model, found] = readModel(documents);
  const errors = found.filter((d) => d.severity === "error");
  expect(errors.length === 0 ? "" : `${printDiagnostics(errors, documents)}\n${text}`).toBe("");
  if (model === null) throw new Error("no model");
  return { ...made, model };
}

export interface Ran extends Made {
  readonly run: Run;
  /** A variable, as the file names it, at a time. */
  readonly at: (written: string, time: number) => number;
}

/** The same after one run. */
export function ranModel(name: string, source: string, tables: readonly SuppliedTable[] = []): Ran {
  const made = openedModel(name, source, tables);
  const { series } = made;
  const run = runOnce(made.model, series);
  const at = (written: string, time: number): number => {
    const own = series.find(
      (s) => s.written + (s.elements.length === 0 ? "" : `[${s.elements.join(",")}]`) === written,
    );
    const step = run.times.findIndex((t) => Math.abs(t - time) < 1e-9);
    return (own === undefined ? undefined : run.values.get(own.name)?.(step)) ?? NaN;
  };
  return { ...made, run, at };
}

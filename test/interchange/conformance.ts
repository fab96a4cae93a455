/** Imports every model of a collection, runs it, and holds it against the output that the tool it was made with gave. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCsv } from "#evidence/csv.ts";
import { isClean } from "#text/diagnostic.ts";
import { printDiagnostics } from "#text/print.ts";
import { importModel } from "#interchange/dynamics/import-model.ts";
import { headerKey, seriesKey, type SuppliedTable } from "#interchange/dynamics/supplied.ts";
import { UnreadableFile } from "#interchange/problem.ts";
import type { ImportedCase } from "#interchange/dynamics/write-case.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { runOnce, type Run } from "./run-once.ts";

/**
 * How a model fared: `equal` in all the reference has and the file defines; `given`, the same once the figures that the file leaves open are taken from the reference, which
 * do not count as compared; `part`, equal with something left out by name.
 */
export interface Finding {
  readonly folder: string;
  readonly file: string;
  readonly verdict: "equal" | "given" | "part" | "differs" | "not run" | "not read";
  /** Figures compared, variables by times. */
  readonly compared: number;
  /** The greatest relative difference. */
  readonly worst: number;
  /** The reference that fits best. */
  readonly reference: string;
  readonly why: readonly string[];
  /** Variables whose figures the reference gave. */
  readonly given: readonly string[];
}

export const tolerance = 1e-6;

/** Model files of a folder, by name. */
export function modelFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /\.(?:xmile|stmx|mdl|xml|itmx)$/i.test(name))
    .toSorted();
}

export function examine(root: string, folder: string, file: string): Finding {
  const finding = examineBy({ root, folder, file, isEuler: false, data: null });
  if (finding.verdict === "part" || finding.verdict === "not run") {
    const given = referencesOf(join(root, folder))
      .map((data) => examineBy({ root, folder, file, isEuler: false, data }))
      .find((f) => f.verdict === "equal");
    if (given !== undefined)
      return { ...given, verdict: "given", why: [`left open by the file: ${given.given.join(", ")}`] };
  }
  if (finding.verdict !== "differs") return finding;
  // Some files ask for Runge and Kutta's method though the output beside them was made with Euler's.
  const byEuler = examineBy({ root, folder, file, isEuler: true, data: null });
  return byEuler.verdict === "differs" || byEuler.verdict === "not run"
    ? finding
    : {
        ...byEuler,
        why: ["equal by Euler's method, which made the reference; the file asks for Runge and Kutta's", ...byEuler.why],
      };
}

interface Trial {
  readonly root: string;
  readonly folder: string;
  readonly file: string;
  /** By Euler's method whatever the file says. */
  readonly isEuler: boolean;
  /** The reference that gives what the file leaves open. */
  readonly data: string | null;
}

function examineBy({ root, folder, file, isEuler, data }: Trial): Finding {
  const path = join(root, folder, file);
  const blank = { folder, file, compared: 0, worst: NaN, reference: "", given: [] };
  let imported: ImportedCase;
  try {
    imported = importModel(
      { name: file, text: readText(path) },
      data === null ? [] : [readReference(join(root, folder, data))],
    );
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { ...blank, verdict: "not read", why: [error.message] };
  }
  const document = {
    name: `${imported.name}.casus`,
    text: isEuler ? imported.text.replace(" using rk4", "") : imported.text,
  };
  const [tree, syntax] = parse(document);
  const [model, found] = check([tree], [document]);
  const wrong = [...syntax, ...found].filter((d) => d.severity === "error");
  if (model === null || !isClean(syntax))
    return { ...blank, verdict: "not run", why: [printDiagnostics(wrong.slice(0, 3), [document])] };
  let run: Run;
  try {
    run = runOnce(model, imported.series);
  } catch (error) {
    return { ...blank, verdict: "not run", why: [error instanceof Error ? error.message : String(error)] };
  }
  const references = referencesOf(join(root, folder));
  const judged = references.map((name) => judge(run, imported, name, readReference(join(root, folder, name))));
  const best = judged.toSorted((a, b) => a.bad.length - b.bad.length || b.compared - a.compared)[0];
  const left = imported.losses.filter((l) => !l.isChanged).map((l) => `${l.name}: ${l.why}`);
  if (best === undefined || best.compared === 0)
    return { ...blank, verdict: "not run", why: ["nothing to compare", ...left] };
  return {
    folder,
    file,
    given: imported.losses.filter((l) => l.isChanged && l.why.includes("leaves it open")).map((l) => l.name),
    verdict: best.bad.length > 0 ? "differs" : left.length > 0 ? "part" : "equal",
    compared: best.compared,
    worst: best.worst,
    reference: best.reference,
    why: [...best.bad, ...left],
  };
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function referencesOf(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /^output.*\.(?:csv|tab)$/.test(name));
}

function readReference(path: string): SuppliedTable {
  const document = { name: path, text: readText(path) };
  const cells = readCsv(document.text, path.endsWith(".tab") ? "\t" : ",");
  if (!cells.ok) throw new Error(`${path}:${cells.line}: ${cells.why}`);
  return { document, rows: cells.rows };
}

interface Judged {
  readonly reference: string;
  readonly compared: number;
  readonly worst: number;
  readonly bad: readonly string[];
}

function judge(run: Run, imported: ImportedCase, reference: string, table: SuppliedTable): Judged {
  const [names = [], ...rows] = table.rows.map((row) => row.cells);
  const byName = new Map(imported.series.map((s) => [seriesKey(s.written, s.elements), s]));
  let compared = 0;
  let worst = 0;
  const bad: string[] = [];
  // Every figure of a file was rounded to as many digits as the longest of them has.
  const digits = Math.max(6, ...rows.flatMap((row) => row.map((printed) => digitsOf(printed.trim()))));
  names.forEach((header, column) => {
    const key = headerKey(header);
    const series = column === 0 || imported.taken.has(key) ? undefined : byName.get(key);
    const valueAt = series === undefined ? undefined : run.values.get(series.name);
    if (valueAt === undefined) return;
    const figures = rows.flatMap((row): Compared[] => {
      const printed = row[column]?.trim() ?? "";
      const step = nearestStep(run.times, Number(row[0]));
      const wanted = Number(printed);
      return printed === "" || step === null || !Number.isFinite(wanted)
        ? []
        : [{ step, wanted, found: valueAt(step), time: Number(row[0]) }];
    });
    const size = Math.max(...figures.map((f) => Math.abs(f.wanted)));
    let isBad = false;
    for (const { step, wanted, found, time } of figures) {
      compared++;
      const off = Number.isNaN(found) ? Infinity : Math.max(0, Math.abs(found - wanted) - halfUnit(wanted, digits));
      const relative = off === 0 ? 0 : off / Math.max(Math.abs(found), Math.abs(wanted));
      if (relative <= tolerance) continue;
      // Roundings of single precision add up from step to step, and are as large as the figures that went in.
      const isRounding = (digits < 8 && off <= 2 ** -24 * (16 + step) * size) || off <= 2 ** -50;
      worst = Math.max(worst, isRounding ? Math.min(relative, off / size) : relative);
      if (isRounding || isBad) continue;
      isBad = true;
      bad.push(`${header} at ${time}: ${found}, not ${wanted}`);
    }
  });
  return { reference, compared, worst, bad };
}

interface Compared {
  readonly step: number;
  readonly time: number;
  readonly wanted: number;
  readonly found: number;
}

/** Significant digits of the figure as printed. */
function digitsOf(printed: string): number {
  return (/^[+-]?([\d.]+)/.exec(printed)?.[1] ?? "").replace(".", "").replace(/^0+/, "").length;
}

/** Half a unit of the last of so many significant digits. */
function halfUnit(x: number, digits: number): number {
  return x === 0 ? 0 : 0.500001 * 10 ** (Math.floor(Math.log10(Math.abs(x))) + 1 - digits);
}

function nearestStep(times: readonly number[], time: number): number | null {
  const step = times.findIndex((t) => Math.abs(t - time) < 1e-6 * Math.max(1, Math.abs(time)));
  return step < 0 ? null : step;
}

/** Where the collection lies; null where it is not there. */
export function collection(): string | null {
  const found = process.env["CASUS_COLLECTION"] ?? join(import.meta.dirname, "../../../shared/xmile");
  return existsSync(found) ? found : null;
}

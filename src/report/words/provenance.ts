/** Says where figures come from: the lines that stand under every output. */

import type { Setup } from "#analysis/findings/findings.ts";
import { plural } from "./numbers.ts";

/** What every output says of itself, whatever the verb. */
export interface Provenance {
  /** The name of the case. */
  readonly case: string;
  readonly title: string;
  /** SHA-256 of the case's text, lower-case hex. */
  readonly hash: string;
  /** `casus 0.1.0 (wasm)`: the version, and the engine that ran. */
  readonly engine: string;
  readonly version: string | null;
  readonly modeller: string | null;
  /** ISO date. */
  readonly asOf: string | null;
  readonly leavesOut: readonly string[];
}

/** What was asked for, in parts: enough to make the same figures again. */
export function provenanceText(p: Provenance, setup: Setup): string {
  const { request } = setup;
  return sourceText(p, {
    seed: request.seed,
    runs: `${plural(request.worlds, "simulated run")} of each profile (${plural(setup.runs, "run")} in all)`,
    more: [
      `${request.views.length === 1 ? "view" : "views"} ${request.views.join(", ")}`,
      ...settingsText(request.set),
      ...(request.vary.length > 0 ? [`varied ${request.vary.join(", ")}`] : []),
    ],
    end: "not a forecast",
  });
}

/** `set move=attack`; empty where nothing is set. */
export function settingsText(set: Readonly<Record<string, string>>): readonly string[] {
  const parts = Object.entries(set).map(([choice, option]) => `${choice}=${option}`);
  return parts.length > 0 ? [`set ${parts.join(", ")}`] : [];
}

/** Case, engine, seed and runs, one after another, with what else was asked for. */
export function sourceText(
  p: Provenance,
  asked: { readonly seed: number; readonly runs: string; readonly more: readonly string[]; readonly end: string },
): string {
  return [
    `Case ${p.case}${p.version === null ? "" : ` ${p.version}`}`,
    `sha256 ${p.hash.slice(0, 16)}`,
    p.engine,
    `seed ${asked.seed}`,
    asked.runs,
    ...asked.more,
    ...(p.asOf === null ? [] : [`as of ${p.asOf}`]),
    ...(p.modeller === null ? [] : [`modeller ${p.modeller}`]),
    asked.end,
  ].join(" · ");
}

/** Makes the pictures and tables of a report, each with its head and its provenance. */

import type { ReportFindings } from "#analysis/findings/report-findings.ts";
import type { ProfileFinding, RunFindings } from "#analysis/findings/findings.ts";
import type { Model } from "#model/model.ts";
import { causalTable } from "../causal/causal-list.ts";
import { causalPicture } from "../causal/causal-picture.ts";
import { curveChart, curveTable } from "../charts/curve-chart.ts";
import { fanChart, fanTable } from "../charts/fan-chart.ts";
import { outcomeChart, type OutcomeData } from "../charts/outcome-chart.ts";
import { verdictStrip, verdictTable, type VerdictData } from "../charts/verdict-strip.ts";
import { captionOf, modelCaption, pictureBlock } from "./figures.ts";
import { tableOf, type Block } from "./blocks.ts";
import { scaleOf, signed } from "../words/numbers.ts";
import { oneTable } from "./outcome-tables.ts";
import type { DataTable } from "../picture/table.ts";
import type { Provenance } from "../words/provenance.ts";
import { alongChoice, mostTelling } from "../words/telling.ts";
import { bare, spaced, verdictTone } from "../words/words.ts";

export function verdictBlock(run: RunFindings, p: Provenance): Block {
  const views = [...new Set(run.conclusions.map((c) => c.view))];
  const names = [...new Set(run.conclusions.map((c) => c.name))];
  const data: VerdictData = {
    views: views.map(spaced),
    conclusions: names.map((name) => {
      const all = run.conclusions.filter((c) => c.name === name);
      return {
        label: `${bare(all[0]?.label ?? name)}${all.some((c) => c.builtIn !== null) ? " (built into the model)" : ""}`,
        of: all[0]?.of ?? [],
        verdicts: views.map((v) => {
          const found = all.find((c) => c.view === v);
          return found === undefined || found.comparison.refusal !== null ? null : found.verdict;
        }),
      };
    }),
  };
  const head = {
    id: "verdicts-picture",
    title: "Does it hold?",
    subtitle: "Each conclusion under each view",
    caption: captionOf(p, run, null),
  };
  return {
    ...pictureBlock(head, (h, w) => verdictStrip(data, h, w), withMargins(verdictTable(data), run, views, names)),
    align: "left",
    toneOf: (row, column) => {
      const verdict = data.conclusions[row]?.verdicts[column - 1] ?? null;
      return verdict === null ? undefined : verdictTone(verdict);
    },
  };
}

/** Behind each verdict its margin, in the unit behind the conclusion's name: a verdict alone does not say how far it is from the line. */
function withMargins(
  table: DataTable,
  run: RunFindings,
  views: readonly string[],
  names: readonly string[],
): DataTable {
  const rows = table.rows.map((row, r) => {
    const of = run.conclusions.filter((c) => c.name === names[r]);
    const found = views.map((view) => of.find((c) => c.view === view && c.comparison.refusal === null)?.comparison);
    const [first] = found.flatMap((c) => c ?? []);
    if (first === undefined) return row;
    const scale = scaleOf([...found.flatMap((c) => c?.margin ?? []), first.threshold], first.unit);
    const [label = "", ...verdicts] = row;
    const cells = verdicts.map((verdict, v) => {
      const margin = found[v]?.margin;
      return margin === undefined ? verdict : `${verdict} ${signed(margin / scale.by, scale.decimals)}`;
    });
    return [scale.unit === "" ? label : `${label}, in ${scale.unit}`, ...cells];
  });
  return { ...table, caption: `${table.caption}; after each verdict its margin`, rows };
}

/** The profiles the report draws side by side, and the choice they differ in. */
export function told(run: RunFindings): {
  readonly choice: string | null;
  readonly profiles: readonly ProfileFinding[];
} {
  const [view] = run.request.views;
  const all = run.profiles.filter((p) => p.view === view);
  const [first] = all;
  if (first === undefined) return { choice: null, profiles: [] };
  const names = run.outcomes.map((o) => o.name);
  const shown = run.outcomes.filter((o) => o.alwaysShown).map((o) => o.name);
  const choice = mostTelling(run.enumerated, all, first, shown.length > 0 ? shown : names);
  return choice === undefined
    ? { choice: null, profiles: [first] }
    : { choice: choice.name, profiles: alongChoice(all, first, choice) };
}

function optionLabel(run: RunFindings, profile: Readonly<Record<string, string>>, choice: string | null): string {
  if (choice === null) return "As it stands";
  const head = run.enumerated.find((c) => c.name === choice);
  return bare(head?.options.find((o) => o.name === profile[choice])?.label ?? profile[choice] ?? "");
}

/** `The West's answer: give way`: where the other choices stand. */
function othersText(run: RunFindings, choice: string | null): string {
  const first = told(run).profiles[0]?.choices ?? {};
  return run.enumerated
    .filter((c) => c.name !== choice)
    .map((c) => `${bare(c.label)}: ${optionLabel(run, first, c.name)}`)
    .join("; ");
}

/** Outcomes that are always shown with a verdict, or those asked for, by option of the choice that moves them most. */
export function outcomeBlock(run: RunFindings, p: Provenance, which: "always shown" | "chances"): Block | null {
  const { choice, profiles } = told(run);
  const heads = run.outcomes.filter((o) =>
    which === "always shown" ? o.alwaysShown && o.kind !== "category" : o.kind === "truth" && !o.alwaysShown,
  );
  if (heads.length === 0 || profiles.length === 0) return null;
  const data: OutcomeData = {
    outcomes: heads.map((head) => ({
      label: bare(head.label),
      unit: head.kind === "truth" ? { label: "runs in 100", factor: 0.01 } : head.unit,
      intervalIs: head.kind === "truth" ? "two standard errors" : "9 runs in 10, the dot the middle run",
      options: profiles.map((profile) => {
        const s = profile.outcomes.find((o) => o.name === head.name)?.summary;
        const [value = 0, low = 0, high = 0] =
          s === undefined
            ? []
            : head.kind === "truth"
              ? [s.mean, Math.max(0, s.mean - 2 * s.se), Math.min(1, s.mean + 2 * s.se)]
              : [s.q50, s.q05, s.q95];
        return { label: optionLabel(run, profile.choices, choice), value, low, high };
      }),
    })),
  };
  const by = run.enumerated.find((c) => c.name === choice);
  const under = [by === undefined ? "" : `By choice: ${bare(by.label)}`, othersText(run, choice)]
    .filter((t) => t !== "")
    .join(". ");
  const head = {
    id: which === "chances" ? "chances-picture" : "beside-picture",
    title: which === "chances" ? "What happens, by choice" : "What is always shown with the verdicts",
    subtitle: under,
    caption: captionOf(p, run, run.request.views[0] ?? null),
  };
  const table = tableOf({ ...oneTable(heads, profiles, by), align: "right" }).table;
  const caption = `${under === "" ? "" : `${under}. `}Chances are runs in 100, ± two standard errors; quantities are the middle run, ± two standard errors, in brackets the range of 90 runs in 100`;
  return pictureBlock(head, (h, w) => outcomeChart(data, h, w), { ...table, caption });
}

export function curveBlocks(model: Model, { run, curves }: ReportFindings, p: Provenance): readonly Block[] {
  const { time } = model;
  if (time === null) return [];
  return curves.map(({ outcome, choice, curves: all }, i) => {
    const label = bare(run.outcomes.find((o) => o.name === outcome)?.label ?? spaced(outcome));
    const data = {
      clock: time,
      times: Array.from(all[0]?.times ?? []),
      tells: "happened" as const,
      curves: all.map((c) => ({ label: optionLabel(run, c.choices, choice), chance: c.chance, se: c.se })),
    };
    const others = othersText(run, choice);
    const head = {
      id: `curve-${i + 1}`,
      title: label,
      subtitle: `Simulated runs in 100 in which it has happened, by when; bands are two standard errors${others === "" ? "" : `. ${others}`}`,
      caption: captionOf(p, run, run.request.views[0] ?? null),
    };
    return pictureBlock(head, (h, w) => curveChart(data, h, w), curveTable(data));
  });
}

export function fanBlocks(model: Model, run: RunFindings, p: Provenance): readonly Block[] {
  const { time } = model;
  if (time === null) return [];
  const { choice, profiles } = told(run);
  return run.profiles.length === 0
    ? []
    : (profiles[0]?.bands ?? []).map((band, i) => {
        const part = [...model.stocks, ...model.lets].find((t) => t.name === band.name);
        const data = {
          clock: time,
          times: Array.from(band.q50, (_, k) => k * time.dt),
          unit: part?.unit ?? { label: "", factor: 1 },
          fans: profiles.flatMap((profile) => {
            const own = profile.bands[i];
            return own === undefined ? [] : [{ ...own, label: optionLabel(run, profile.choices, choice) }];
          }),
          observed: [],
        };
        const head = {
          id: `course-${i + 1}`,
          title: bare(part?.label ?? spaced(band.name)),
          subtitle: ["Its course over the simulated runs, by choice", othersText(run, choice)]
            .filter((t) => t !== "")
            .join(". "),
          caption: captionOf(p, run, run.request.views[0] ?? null),
        };
        return pictureBlock(head, (h, w) => fanChart(data, h, w), fanTable(data));
      });
}

export function causalBlock(model: Model, p: Provenance): Block {
  const head = {
    id: "causal-picture",
    title: "What moves what",
    subtitle: "The parts that weigh most; the rest is folded into the arrows",
    caption: modelCaption(p),
  };
  return pictureBlock(head, (h, w) => causalPicture(model, h, w), causalTable(model), 900);
}

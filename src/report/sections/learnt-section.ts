/** The section on what has been seen since, and what each view then believes. */

import type { Learnt, LearnFindings } from "#analysis/record/learn.ts";
import type { Model } from "#model/model.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import { posteriorChart, posteriorTable, type PosteriorData } from "../charts/posterior-chart.ts";
import type { Block } from "./blocks.ts";
import { grouped, inScale, listed, plural, readable, scaleOf } from "../words/numbers.ts";
import type { DataTable } from "../picture/table.ts";
import type { Provenance } from "../words/provenance.ts";
import { bare, spaced } from "../words/words.ts";

/** Claims, unknowns and outcomes told of one view. */
const mostTold = 16;
/** Shifts of an unknown smaller than a quarter of its standard deviation are noise to a reader. */
const material = 0.25;

/** The first view that could be told in full, the others after it, shorter; what was refused says so. */
export function learntBlocks(model: Model, learnt: LearnFindings, p: Provenance): readonly Block[] {
  const told = learnt.views.filter((v) => v.refusal === null);
  const refused = learnt.views.filter((v) => v.refusal !== null);
  const [first, ...others] = told;
  return [
    {
      kind: "paragraph",
      text: `Simulated runs that agree with what has been seen count for more. That reweighs each view inside this model: it says how its readings agree with what came about, not which is true. ${learnt.request.motives ? "Motives are reweighed too." : "Motives stay as each view holds them: what an actor did does not show why."}`,
    },
    ...(first === undefined ? [] : [seenBlock(first), ...viewBlocks(model, first, learnt, p, "learnt")]),
    ...others.map((v, i): Block => ({
      kind: "disclosure",
      title: `The same, under “${bare(v.label)}”`,
      blocks: viewBlocks(model, v, learnt, p, `learnt-${i + 2}`),
    })),
    ...(refused.length === 0 ? [] : [{ kind: "list" as const, items: refused.map(refusalText) }]),
  ];
}

function seenBlock(v: Learnt): Block {
  return {
    kind: "table",
    table: {
      caption:
        "What has been seen, and what it costs: the fewer simulated runs are left, the less the model expected it",
      columns: ["Seen", "Effective runs without it"],
      rows: v.evidence.map((e) => [bare(e.label), grouped(e.effectiveWithout, 0)]),
    },
  };
}

function viewBlocks(model: Model, v: Learnt, { setup }: LearnFindings, p: Provenance, id: string): readonly Block[] {
  const caption = captionOf(
    p,
    setup,
    v.view,
    `${plural(v.worlds, "simulated run")} in the course that came about, worth ${grouped(v.effective, 0)}`,
  );
  const subtitle = `“${bare(v.label)}”, before and after reweighing by what happened`;
  const claims = claimsOf(v);
  const outcomes = outcomesOf(v);
  const unknowns = unknownsTable(v);
  const held = v.claims.filter((c) => c.isHeld).map((c) => spaced(c.claim));
  return [
    ...(claims === null
      ? [{ kind: "paragraph" as const, text: "No claim moved by a point in 100 and by two standard errors." }]
      : [
          pictureBlock(
            { id: `${id}-claims`, title: "How far each claim is believed, in 100", subtitle, caption },
            (h, w) => posteriorChart(claims, h, w),
            posteriorTable(claims),
          ),
        ]),
    ...(outcomes === null
      ? []
      : [
          pictureBlock(
            { id: `${id}-outcomes`, title: "What follows, as runs in 100", subtitle, caption },
            (h, w) => posteriorChart(outcomes, h, w),
            posteriorTable(outcomes),
          ),
        ]),
    ...(unknowns === null ? [] : [{ kind: "table" as const, table: unknowns }]),
    ...(held.length === 0
      ? []
      : [{ kind: "paragraph" as const, text: `Left as they are, being motives: ${listed(held)}.` }]),
    ...(v.hindsight.length === 0
      ? []
      : [
          {
            kind: "paragraph" as const,
            text: `Known only later, and read all the same: ${listed(v.hindsight.map((u) => nameOf(model, u)))}.`,
          },
        ]),
  ];
}

function claimsOf(v: Learnt): PosteriorData | null {
  const moved = v.claims
    .flatMap((c) => (c.isHeld ? [] : [{ ...c, after: c.posterior }]))
    .filter((c) => Math.abs(c.after.value - c.prior) >= Math.max(0.01, 2 * c.after.se))
    .toSorted((a, b) => Math.abs(b.after.value - b.prior) - Math.abs(a.after.value - a.prior))
    .slice(0, mostTold);
  return moved.length === 0
    ? null
    : {
        unit: { label: "share", factor: 1 },
        rows: moved.map((c) => ({
          label: `${spaced(c.claim)}  ${bare(c.label)}`,
          prior: { value: c.prior, range: null },
          posterior: { value: c.after.value, range: null },
        })),
      };
}

function outcomesOf(v: Learnt): PosteriorData | null {
  const moved = v.outcomes
    .filter((o) => o.isTruth && Math.abs(o.posterior.value - o.prior.value) > 2 * (o.posterior.se + o.prior.se))
    .slice(0, mostTold);
  return moved.length === 0
    ? null
    : {
        unit: { label: "share", factor: 1 },
        rows: moved.map((o) => ({
          label: bare(o.label),
          prior: { value: o.prior.value, range: null },
          posterior: { value: o.posterior.value, range: null },
        })),
      };
}

function unknownsTable(v: Learnt): DataTable | null {
  const rows = v.unknowns
    .filter((u) => Math.abs(u.shift) >= material)
    .toSorted((a, b) => Math.abs(b.shift) - Math.abs(a.shift))
    .slice(0, mostTold);
  if (rows.length === 0) return null;
  return {
    caption: "Quantities nobody knew that moved: the middle, and 9 chances in 10",
    columns: ["Quantity", "Before", "After"],
    rows: rows.map((u) => {
      const scale = scaleOf([...u.prior, ...u.posterior], readable(u.unit));
      const told = ([low = Number.NaN, middle = Number.NaN, high = Number.NaN]: readonly number[]): string =>
        `${inScale(middle, scale)} (${inScale(low, scale)} to ${inScale(high, scale)})`;
      return [`${bare(u.label)}${scale.unit === "" ? "" : `, ${scale.unit}`}`, told(u.prior), told(u.posterior)];
    }),
  };
}

function refusalText(v: Learnt): string {
  const { refusal } = v;
  if (refusal === null) return "";
  const hardest = v.evidence.find((e) => e.name === refusal.hardest);
  return `“${bare(v.label)}” is not told: of ${plural(v.worlds, "simulated run")} what has been seen leaves the worth of ${grouped(refusal.effective, 0)}, and fewer than ${refusal.floor} say too little.${hardest === undefined ? "" : ` What it can hardly make out: ${bare(hardest.label)}.`}`;
}

function nameOf(model: Model, unknown: string): string {
  return bare(model.unknowns.find((u) => u.name === unknown)?.label ?? spaced(unknown));
}

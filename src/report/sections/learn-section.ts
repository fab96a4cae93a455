/** The section on what has been seen since: what counted, how far it can be trusted, what it moved, and whether the model can reproduce it. */

import { mostFold, type Learnt, type LearnFindings } from "#analysis/record/learn.ts";
import {
  isVerdictChanged,
  type ClaimPosterior,
  type ConclusionPosterior,
  type MarginBelieved,
} from "#analysis/record/posteriors.ts";
import { surprising, type Check } from "#analysis/record/predictive.ts";
import type { Model } from "#model/model.ts";
import { dateText } from "#model/units/dates.ts";
import { aside, heading, inGroups, say, type Block } from "./blocks.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import { posteriorChart } from "../charts/posterior-chart.ts";
import {
  grouped,
  inScale,
  listed,
  ofHundred,
  plural,
  scaleApart,
  scaleOf,
  slackText,
  withSpan,
} from "../words/numbers.ts";
import { settingsText, sourceText, type Provenance } from "../words/provenance.ts";
import { bare, builtInText, spaced } from "../words/words.ts";

/** Shifts smaller than this are noise to a reader: a point of credence, a quarter of a standard deviation. */
const materialClaim = 0.01;
const materialUnknown = 0.25;
/** Claims, unknowns and outcomes shown of one view. */
const mostRows = 15;

/** With its title and where it comes from, every view in full. */
export function learnPage(model: Model, learnt: LearnFindings, p: Provenance): readonly Block[] {
  return inGroups([
    [heading(p.title)],
    [introduction(learnt)],
    ...learnt.views.map((v, i) => [
      ...viewBlocks(model, v, learnt, p, `learnt-${i + 1}`),
      ...(v.refusal === null || v.refusal.worldsNeeded === null ? [] : [say(worldsText(v.refusal.worldsNeeded))]),
    ]),
    [aside(learnSource(learnt, p))],
  ]);
}

/** In a report: the first view that could be reweighed in full, the others behind a line that opens them. */
export function learnBlocks(model: Model, learnt: LearnFindings, p: Provenance): readonly Block[] {
  const [first, ...others] = [
    ...learnt.views.filter((v) => v.refusal === null),
    ...learnt.views.filter((v) => v.refusal !== null),
  ];
  return [
    introduction(learnt),
    ...(first === undefined ? [] : viewBlocks(model, first, learnt, p, "learnt")),
    ...others.map((v, i): Block => ({
      kind: "disclosure",
      title: `The same, under “${bare(v.label)}”`,
      blocks: viewBlocks(model, v, learnt, p, `learnt-${i + 2}`),
    })),
  ];
}

function introduction({ request }: LearnFindings): Block {
  return say(
    `What has been seen reweighs the simulated runs: those that agree with it count for more. This is one course of events, inside this model: it says how the model's readings agree with what came about, not which reading is true. ${request.motives ? "Motives are updated too, as was asked." : "Motives stay as each view holds them: what an actor did does not show why."}`,
  );
}

function viewBlocks(model: Model, v: Learnt, learnt: LearnFindings, p: Provenance, id: string): readonly Block[] {
  const head = [heading(`View: ${bare(v.label)}`), ...countedTexts(v, learnt).map((t) => say(t)), ...cautionBlocks(v)];
  if (v.refusal !== null) return [...head, say(refusalText(v), { tone: "bad" })];
  const caption = captionOf(
    p,
    learnt.setup,
    v.view,
    `${plural(v.worlds, "simulated run")} in the course that came about, worth ${grouped(v.effective, 0)}`,
  );
  const look = {
    id,
    subtitle: `“${bare(v.label)}”, before and after reweighing by what happened`,
    caption,
  };
  return inGroups([
    head,
    seenBlocks(v),
    claimBlocks(v, look),
    unknownBlocks(v),
    outcomeBlocks(v, look),
    conclusionBlocks(v),
    checkBlocks(model, v),
  ]);
}

function countedTexts(v: Learnt, { request }: LearnFindings): readonly string[] {
  const course = Object.entries(v.course.choices).map(([choice, option]) => `${spaced(choice)} = ${spaced(option)}`);
  const runs = plural(v.worlds, "simulated run");
  return [
    v.evidence.length === 0
      ? "No evidence counts for it."
      : `Counted: ${listed(v.evidence.map((e) => bare(e.label)))}.` +
        (course.length === 0 ? "" : ` In the course that came about: ${course.join(", ")}.`),
    `${v.worlds > request.worlds ? `${runs} were ${v.refusal === null ? "needed" : "made"}: they` : `The ${runs}`} are worth ${plural(Math.round(v.effective), "effective run")}.` +
      (v.proposal === null
        ? ""
        : " They are drawn more often where they agree with what was seen, and count for less in return, so that no mean is moved (importance sampling)."),
    ...(v.lost > 0
      ? [
          `Left out: motives that hold ${ofHundred(v.lost)} in 100 of the prior, since no run with them agrees with the evidence.`,
        ]
      : []),
  ];
}

function cautionBlocks(v: Learnt): readonly Block[] {
  if (v.hindsight.length === 0) return [];
  return [
    say(`Used in hindsight, since known only later: ${listed(v.hindsight.map(spaced))}.`, {
      tone: "unsure",
    }),
  ];
}

function refusalText({ refusal, evidence }: Learnt): string {
  if (refusal === null) return "";
  const hardest = evidence.find((e) => e.name === refusal.hardest);
  return [
    `No figures: fewer than ${refusal.floor} effective runs are left (${grouped(refusal.effective, 0)}), too few to say anything.`,
    refusal.worldsNeeded === null
      ? "Not one of them agrees with all that was seen, so it cannot be said how many would do."
      : `About ${plural(refusal.worldsNeeded, "run")} would do.`,
    ...(hardest === undefined
      ? []
      : [
          `'${bare(hardest.label)}' costs most: without it ${grouped(hardest.effectiveWithout, 0)} would be left. If the model cannot reproduce it, widen what it depends on, or state a larger error or discrepancy; if it can, make more runs.`,
        ]),
  ].join(" ");
}

/** What to ask for so that as many runs are made. */
function worldsText(needed: number): string {
  return `--worlds ${Math.ceil(needed / mostFold / 100) * 100} makes as many.`;
}

function seenBlocks(v: Learnt): readonly Block[] {
  if (v.evidence.length === 0) return [];
  return [
    {
      kind: "table",
      table: {
        caption:
          "What has been seen, and how many effective runs would be left without it: the more, the less the model expected it",
        columns: ["Seen", "Effective runs without it"],
        rows: v.evidence.map((e) => [bare(e.label), grouped(e.effectiveWithout, 0)]),
      },
    },
  ];
}

interface FigureLook {
  readonly id: string;
  readonly subtitle: string;
  readonly caption: string;
}

function claimBlocks(v: Learnt, look: FigureLook): readonly Block[] {
  const free = v.claims.filter((c) => !c.isHeld);
  const moved = free.filter((c) => sizeOf(c) >= Math.max(materialClaim, 2 * c.posterior.se));
  const rows = moved.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, mostRows);
  const rest = free.length - moved.length;
  const held = v.claims.filter((c) => c.isHeld).map((c) => spaced(c.claim));
  const label = (c: ClaimPosterior): string => `${spaced(c.claim)}  ${bare(c.label)}`;
  const data = {
    unit: { label: "share", factor: 1 },
    rows: rows.map((c) => ({
      label: label(c),
      prior: { value: c.prior, range: null },
      posterior: { value: c.posterior.value, range: null },
    })),
  };
  const head = { ...look, id: `${look.id}-claims`, title: "How far each claim is believed, in 100" };
  return [
    rows.length === 0
      ? say("No claim moved by a point in 100 and by two standard errors.")
      : pictureBlock(head, (h, w) => posteriorChart(data, h, w), {
          caption: "Claims that moved, in 100, ± two standard errors",
          columns: ["Claim", "Before", "After", "Moved most by"],
          rows: rows.map((c) => [label(c), ofHundred(c.prior), withError(c.posterior), moverText(v, c)]),
        }),
    ...(rest > 0
      ? [say(`${plural(rest, "other claim")} stayed where ${rest === 1 ? "it was" : "they were"}, within the error.`)]
      : []),
    ...(held.length > 0 ? [say(`Not updated, because they are motives: ${listed(held)}.`)] : []),
  ];
}

function sizeOf(c: ClaimPosterior): number {
  return Math.abs(c.posterior.value - c.prior);
}

function withError({ value, se }: { readonly value: number; readonly se: number }): string {
  return `${ofHundred(value)} ${slackText({ value, se }, { by: 0.01, decimals: 1 })}`;
}

/** The observation without which the claim would be farthest from where it is. */
function moverText(v: Learnt, c: ClaimPosterior): string {
  const best = c.moved.reduce(
    (m, x, i) => (Math.abs(x) > Math.abs(c.moved[m] ?? 0) || Number.isNaN(c.moved[m] ?? 0) ? i : m),
    0,
  );
  const by = c.moved[best];
  const evidence = v.evidence[best];
  if (by === undefined || evidence === undefined || Number.isNaN(by)) return "not known: too few runs without it";
  return `${bare(evidence.label)} (${by > 0 ? "+" : "−"}${grouped(Math.abs(100 * by), 1)})`;
}

function unknownBlocks(v: Learnt): readonly Block[] {
  const rows = v.unknowns
    .filter((u) => Math.abs(u.shift) >= materialUnknown)
    .toSorted((a, b) => Math.abs(b.shift) - Math.abs(a.shift))
    .slice(0, mostRows);
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      align: "left",
      table: {
        caption: "Unknowns that moved: the middle, ± two standard errors, and 9 chances in 10",
        columns: ["Quantity", "Before", "After"],
        rows: rows.map((u) => {
          const scale = scaleApart(scaleOf([...u.prior, ...u.posterior], u.unit), u.prior, u.posterior);
          const text = (points: readonly number[], errors: readonly number[]): string => {
            const [low = "", middle = "", high = ""] = points.map((x) => inScale(x, scale));
            return `${middle} ${slackText({ value: points[1] ?? 0, se: errors[1] ?? Number.NaN }, scale)} (${low} to ${high})`;
          };
          const name = `${bare(u.label)}${scale.unit === "" ? "" : `, ${scale.unit}`}`;
          return [name, text(u.prior, u.priorError), text(u.posterior, u.posteriorError)];
        }),
      },
    },
  ];
}

function outcomeBlocks(v: Learnt, look: FigureLook): readonly Block[] {
  const rows = v.outcomes
    .filter((o) => o.isTruth && Math.abs(o.posterior.value - o.prior.value) > 2 * (o.posterior.se + o.prior.se))
    .slice(0, mostRows);
  if (rows.length === 0) return [];
  const data = {
    unit: { label: "share", factor: 1 },
    rows: rows.map((o) => ({
      label: bare(o.label),
      prior: { value: o.prior.value, range: null },
      posterior: { value: o.posterior.value, range: null },
    })),
  };
  return [
    pictureBlock(
      { ...look, id: `${look.id}-outcomes`, title: "What follows, as runs in 100" },
      (h, w) => posteriorChart(data, h, w),
      {
        caption: "Outcomes that moved, runs in 100, ± two standard errors",
        columns: ["Outcome", "Before", "After"],
        rows: rows.map((o) => [bare(o.label), withError(o.prior), withError(o.posterior)]),
      },
    ),
  ];
}

function conclusionBlocks(v: Learnt): readonly Block[] {
  if (v.conclusions.length === 0) return [];
  const found = v.conclusions.filter((c) => c.builtIn === null);
  const built = v.conclusions.filter((c) => c.builtIn !== null);
  const changed = found.filter(isVerdictChanged);
  return [
    heading("Conclusions whose verdict changes"),
    changed.length === 0
      ? say(`None of ${found.length}.`, { indent: 2 })
      : { kind: "list", items: changed.map(changeText) },
    ...(built.length === 0
      ? []
      : [
          heading("Conclusions whose direction no evidence can change"),
          {
            kind: "list" as const,
            items: built.map((c) => `${changeText(c)} ${builtInText(c.builtIn) ?? ""}`),
          },
        ]),
  ];
}

/** The margin before and after, each with where it lies and what it rests on. */
function changeText(c: ConclusionPosterior): string {
  const { prior, posterior } = c;
  const scale = scaleApart(
    scaleOf([prior.margin, posterior.margin, c.threshold].filter(Number.isFinite), c.unit),
    ...[prior, posterior].map((m) => (m.verdict === "not told" ? [] : [m.low, m.high, c.threshold])),
  );
  const side = (m: MarginBelieved): string =>
    m.verdict === "not told" ? m.verdict : `${m.verdict}, ${withSpan(m.margin, m.low, m.high, scale)}`;
  const unit = scale.unit === "" ? "" : `, in ${scale.unit}`;
  return `${bare(c.label)}: ${side(prior)} before; ${side(posterior)} after${unit}; ${inScale(c.threshold, scale)} would matter. Before: ${plural(prior.worlds, "run")} of each situation; after: ${plural(posterior.worlds, "run")} worth ${grouped(posterior.effective, 0)}.`;
}

function checkBlocks(model: Model, v: Learnt): readonly Block[] {
  const isOdd = (c: Check): boolean => {
    const { below } = c.posterior ?? c.prior;
    return c.posterior === null ? below < surprising : below < surprising || below > 1 - surprising;
  };
  const odd = v.checks.filter(isOdd);
  return [
    heading("Can the model reproduce it?"),
    ...v.checks
      .filter((c) => c.posterior === null)
      .map((c) =>
        say(`${bare(c.label)}: beforehand, by its date, in ${chanceText(c.prior)} of 100 runs.`, { indent: 2 }),
      ),
    ...(odd.length === 0
      ? [
          say("No point of a series lies in the outer 5 in 100 of what the model shows after learning.", {
            indent: 2,
          }),
        ]
      : odd.map((c) =>
          say(
            c.posterior === null
              ? `${bare(c.label)}: the model hardly ever has it happen by its date.`
              : `${bare(c.label)}${c.time === null ? "" : ` in ${dateText(model.time, c.time)}`}: even after learning, the model hardly reproduces it (${chanceText(c.posterior)} in 100 of its runs lie below).`,
            { indent: 2, tone: "unsure" },
          ),
        )),
  ];
}

function chanceText({ below, error }: Check["prior"]): string {
  return withError({ value: below, se: error });
}

function learnSource({ request, runs, views }: LearnFindings, p: Provenance): string {
  return sourceText(p, {
    seed: request.seed,
    runs: `${plural(request.worlds, "simulated run")} (${plural(runs, "run")} in all)`,
    more: [
      views.every((v) => v.proposal === null)
        ? "claims drawn from the view's prior in each"
        : "drawn from the view's prior or from a law leaning to what was seen, and weighed back",
      ...(request.untilDate === null ? [] : [`evidence until ${request.untilDate}`]),
      ...settingsText(request.set),
    ],
    end: "not a forecast",
  });
}

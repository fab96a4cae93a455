/** Writes what `casus learn` found: what counted, how far it can be trusted, what it moved, and whether the model can reproduce it. */

import { mostFold, type Learnt, type LearnFindings } from "#analysis/record/learn.ts";
import type { ClaimPosterior } from "#analysis/record/posteriors.ts";
import { surprising, type Check } from "#analysis/record/predictive.ts";
import { cell, gridLines, printable, wrap } from "../render/lines.ts";
import { grouped, inScale, listed, ofHundred, plural, scaleOf } from "../words/numbers.ts";
import type { Palette } from "../render/palette.ts";
import type { Provenance } from "../words/provenance.ts";
import { bare, spaced } from "../words/words.ts";

/** Shifts smaller than this are noise to a reader: a point of credence, a quarter of a standard deviation. */
const materialClaim = 0.01;
const materialUnknown = 0.25;
const mostRows = 15;

export function learnReport(
  findings: LearnFindings,
  provenance: Provenance,
  dateOf: (time: number) => string,
  width: number,
  palette: Palette,
): string {
  const lines = [
    ...wrap(printable(provenance.title), width).map(palette.strong),
    "",
    ...wrap(
      "What has been seen reweighs the simulated runs: those that agree with it count for more. One war, inside this model: it says how the model's own readings agree with what " +
        "came about, not which reading is true. " +
        (findings.request.motives
          ? "Motives are updated too, as was asked."
          : "Motives are left as each view holds them: what an actor did does not show why."),
      width,
    ),
    ...findings.views.flatMap((v) => ["", ...viewLines(v, findings, dateOf, width, palette)]),
    "",
    ...wrap(provenanceLine(findings, provenance), width).map(palette.faint),
    "",
  ];
  return lines.join("\n");
}

function viewLines(
  v: Learnt,
  findings: LearnFindings,
  dateOf: (time: number) => string,
  width: number,
  palette: Palette,
): readonly string[] {
  const { worlds } = findings.request;
  const course = Object.entries(v.course.choices).map(([choice, option]) => `${spaced(choice)} = ${spaced(option)}`);
  const head = [
    ...wrap(`View: ${bare(v.label)}`, width).map(palette.strong),
    ...(v.evidence.length === 0
      ? wrap("No evidence counts for it.", width)
      : wrap(
          `Counted: ${listed(v.evidence.map((e) => bare(e.label)))}.` +
            (course.length === 0 ? "" : ` In the course that came about: ${course.join(", ")}.`),
          width,
        )),
    ...wrap(
      `${v.worlds > worlds ? `${plural(v.worlds, "simulated run")} were needed: they` : `The ${plural(v.worlds, "simulated run")}`} are worth ${grouped(v.effective, 0)} (effective sample size over worlds).` +
        (v.proposal === null
          ? ""
          : " They are drawn more often where they agree with what was seen, and weigh the less for it, so that no mean is moved (importance sampling)."),
      width,
    ),
    ...(v.lost > 0
      ? wrap(
          `${ofHundred(v.lost)} in 100 of the prior lie in motives that no run reconciles with the evidence: left out.`,
          width,
        )
      : []),
    ...(v.hindsight.length > 0
      ? wrap(
          `Scored in hindsight: known only later, and read all the same: ${listed(v.hindsight.map(spaced))}.`,
          width,
        ).map(palette.unsure)
      : []),
  ];
  if (v.refusal !== null) return [...head, ...refusalLines(v, width, palette)];
  return [
    ...head,
    "",
    ...claimLines(v, width, palette),
    ...unknownLines(v, width, palette),
    ...outcomeLines(v, width, palette),
    ...conclusionLines(v, width, palette),
    ...checkLines(v, dateOf, width, palette),
  ];
}

function refusalLines({ refusal, evidence }: Learnt, width: number, palette: Palette): readonly string[] {
  if (refusal === null) return [];
  const hardest = evidence.find((e) => e.name === refusal.hardest);
  const text = [
    `Not told: fewer than ${refusal.floor} effective runs are left, too few to say anything of.`,
    refusal.worldsNeeded === null
      ? "No number of runs would help: hardly one agrees with all that was seen."
      : `About ${plural(refusal.worldsNeeded, "run")} would do: --worlds ${Math.ceil(refusal.worldsNeeded / mostFold / 100) * 100} makes as many.`,
    ...(hardest === undefined
      ? []
      : [
          `'${bare(hardest.label)}' costs most: without it ${grouped(hardest.effectiveWithout, 0)} would be left. If the model cannot make it out, widen what it depends on, or state a larger error or discrepancy; if it can, more runs are the way.`,
        ]),
  ];
  return wrap(text.join(" "), width).map(palette.bad);
}

function claimLines(v: Learnt, width: number, palette: Palette): readonly string[] {
  const told = v.claims.filter(
    (c) => !c.isHeld && Math.abs(c.posterior.value - c.prior) >= Math.max(materialClaim, 2 * c.posterior.se),
  );
  const size = (c: ClaimPosterior): number => Math.abs(c.posterior.value - c.prior);
  const rows = told.toSorted((a, b) => size(b) - size(a)).slice(0, mostRows);
  const rest = v.claims.filter((c) => !c.isHeld).length - told.length;
  return [
    ...wrap("Claims that moved, in 100", width).map(palette.strong),
    ...(rows.length === 0
      ? wrap("None moved by a point and by two standard errors.", width, "  ")
      : gridLines(
          {
            heads: ["", "before", "after", "moved most by"],
            rows: rows.map((c) => ({
              head: `${c.claim} ${bare(c.label)}`,
              cells: [
                cell(ofHundred(c.prior)),
                cell(`${ofHundred(c.posterior.value)} ±${grouped(200 * c.posterior.se, 1)}`),
                cell(wrap(moverOf(v, c), 30)),
              ],
            })),
            align: "left",
          },
          width,
          palette.faint,
        )),
    ...(rest > 0
      ? wrap(
          `${plural(rest, "other claim")} stayed where it was, within the error.`.replace(
            "claims stayed where it was",
            "claims stayed where they were",
          ),
          width,
          "  ",
        )
      : []),
    "",
  ];
}

/** The observation without which the claim would stand farthest from where it stands. */
function moverOf(v: Learnt, c: ClaimPosterior): string {
  const best = c.moved.reduce(
    (m, x, i) => (Math.abs(x) > Math.abs(c.moved[m] ?? 0) || Number.isNaN(c.moved[m] ?? 0) ? i : m),
    0,
  );
  const by = c.moved[best];
  const evidence = v.evidence[best];
  if (by === undefined || evidence === undefined || Number.isNaN(by)) return "not known: too few runs without it";
  return `${bare(evidence.label)} (${by > 0 ? "+" : "−"}${grouped(Math.abs(100 * by), 1)})`;
}

function unknownLines(v: Learnt, width: number, palette: Palette): readonly string[] {
  const rows = v.unknowns
    .filter((u) => Math.abs(u.shift) >= materialUnknown)
    .toSorted((a, b) => Math.abs(b.shift) - Math.abs(a.shift))
    .slice(0, mostRows);
  if (rows.length === 0) return [];
  return [
    ...wrap("Unknowns that moved: middle, and middle 90 %", width).map(palette.strong),
    ...gridLines(
      {
        heads: ["", "before", "after"],
        rows: rows.map((u) => {
          const scale = scaleOf([...u.prior, ...u.posterior], u.unit);
          const told = ([low = 0, middle = 0, high = 0]: readonly number[]): string =>
            `${inScale(middle, scale)} [${inScale(low, scale)}, ${inScale(high, scale)}]`;
          return {
            head: `${bare(u.label)}${scale.unit === "" ? "" : `, ${scale.unit}`}`,
            cells: [cell(told(u.prior)), cell(told(u.posterior))],
          };
        }),
        align: "left",
      },
      width,
      palette.faint,
    ),
    "",
  ];
}

function outcomeLines(v: Learnt, width: number, palette: Palette): readonly string[] {
  const rows = v.outcomes.filter(
    (o) => o.isTruth && Math.abs(o.posterior.value - o.prior.value) > 2 * (o.posterior.se + o.prior.se),
  );
  if (rows.length === 0) return [];
  return [
    ...wrap("Outcomes that moved, runs in 100", width).map(palette.strong),
    ...gridLines(
      {
        heads: ["", "before", "after"],
        rows: rows.map((o) => ({
          head: bare(o.label),
          cells: [
            cell(ofHundred(o.prior.value)),
            cell(`${ofHundred(o.posterior.value)} ±${grouped(200 * o.posterior.se, 1)}`),
          ],
        })),
        align: "left",
      },
      width,
      palette.faint,
    ),
    "",
  ];
}

function conclusionLines(v: Learnt, width: number, palette: Palette): readonly string[] {
  const changed = v.conclusions.filter((c) => c.prior.verdict !== c.posterior.verdict);
  if (v.conclusions.length === 0) return [];
  return [
    ...wrap("Conclusions whose verdict changes", width).map(palette.strong),
    ...(changed.length === 0
      ? wrap(`None of ${v.conclusions.length}.`, width, "  ")
      : changed.flatMap((c) =>
          wrap(`${bare(c.label)}: ${c.prior.verdict} before, ${c.posterior.verdict} after.`, width, "  "),
        )),
    "",
  ];
}

function checkLines(v: Learnt, dateOf: (time: number) => string, width: number, palette: Palette): readonly string[] {
  const isOdd = (c: Check): boolean => {
    const { below } = c.posterior ?? c.prior;
    return c.posterior === null ? below < surprising : below < surprising || below > 1 - surprising;
  };
  const odd = v.checks.filter(isOdd);
  const before = v.checks.filter((c) => c.posterior === null);
  return [
    ...wrap("Could the model make it out?", width).map(palette.strong),
    ...before.flatMap((c) =>
      wrap(`${bare(c.label)}: beforehand in ${ofHundred(c.prior.below)} of 100 runs.`, width, "  "),
    ),
    ...(odd.length === 0
      ? wrap(
          "No point of a series lies in the outer twentieth of what the model, once it has learnt, would show.",
          width,
          "  ",
        )
      : odd.flatMap((c) =>
          wrap(
            `${bare(c.label)}${c.time === null ? "" : ` in ${dateOf(c.time)}`}: the model hardly makes it out even so (${ofHundred((c.posterior ?? c.prior).below)} in 100 lie below).`,
            width,
            "  ",
          ).map(palette.unsure),
        )),
  ];
}

function provenanceLine({ request, runs, views }: LearnFindings, p: Provenance): string {
  const set = Object.entries(request.set).map(([choice, option]) => `${choice}=${option}`);
  return [
    `Case ${p.case}${p.version === null ? "" : ` ${p.version}`}`,
    `sha256 ${p.hash.slice(0, 16)}`,
    p.engine,
    `seed ${request.seed}`,
    `${plural(request.worlds, "simulated run")} (${plural(runs, "run")} in all)`,
    views.every((v) => v.proposal === null)
      ? "claims drawn from the view's prior in each"
      : "drawn from the view's prior or from a law leaning to what was seen, and weighed back",
    ...(request.untilDate === null ? [] : [`evidence until ${request.untilDate}`]),
    ...(set.length > 0 ? [`set ${set.join(", ")}`] : []),
    ...(p.asOf === null ? [] : [`as of ${p.asOf}`]),
    ...(p.modeller === null ? [] : [`modeller ${p.modeller}`]),
    "not a forecast",
  ].join(" · ");
}

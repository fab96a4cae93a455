/** Findings in; the pictures and tables of a report on them, each with its head and its provenance, out. */

import type { RecordTestFinding } from "#analysis/record-tests.ts";
import type { ReportFindings } from "#analysis/report-findings.ts";
import type { ProfileFinding, RunFindings } from "#analysis/findings.ts";
import type { Model } from "#model/model.ts";
import { causalTable } from "./causal/causal-list.ts";
import { causalPicture } from "./causal/causal-picture.ts";
import { contributionBars, contributionTable } from "./charts/contribution-bars.ts";
import { curveChart, curveTable } from "./charts/curve-chart.ts";
import { equilibriumFan, equilibriumTable } from "./charts/equilibrium-fan.ts";
import { fanChart, fanTable } from "./charts/fan-chart.ts";
import { flipStrips, flipTable } from "./charts/flip-strips.ts";
import { forecastTable, forecastTimeline } from "./charts/forecast-timeline.ts";
import { gameTable, gameTree } from "./charts/game-tree.ts";
import { outcomeChart, outcomeTable, type OutcomeData } from "./charts/outcome-chart.ts";
import { recordChart, recordTable, type RecordData } from "./charts/record-chart.ts";
import { verdictStrip, verdictTable, type VerdictData } from "./charts/verdict-strip.ts";
import type { Block } from "./document.ts";
import { expectationTable, fansOf, gameOf } from "./game-pictures.ts";
import { carriesSentence, contributionsOf, flipsOf } from "./explain-pictures.ts";
import { plural } from "./numbers.ts";
import type { ChartHead, Picture } from "./picture/picture.ts";
import type { DataTable } from "./picture/table.ts";
import { dateLabel } from "./picture/time-axis.ts";
import type { Provenance } from "./provenance.ts";
import { viewsPhrase } from "./sentences.ts";
import { alongChoice, mostTelling } from "./telling.ts";
import { bare, spaced } from "./words.ts";

/** Pixels; the page lets pictures shrink, print lets them fill the line. */
const width = 704;
/** For a phone held upright. */
const narrowWidth = 340;

/** `As of Jan 2022. Modeller: …. View: …. Version …, seed …, … runs. Not a forecast.` */
export function captionOf(p: Provenance, run: RunFindings, view: string | null): string {
  const { seed, worlds } = run.request;
  const label = view === null ? viewsPhrase(run) : viewsPhrase({ views: run.views.filter((v) => v.name === view) });
  return [
    p.asOf === null ? "" : `As of ${dateLabel(p.asOf.replace(/-01$/, ""))}.`,
    p.modeller === null ? "" : `Modeller: ${p.modeller}.`,
    `View: ${label}.`,
    `${p.version === null ? "" : `Version ${p.version}, `}seed ${seed}, ${plural(worlds, "simulated run")} of each choice.`,
    "Not a forecast.",
  ]
    .filter((t) => t !== "")
    .join(" ");
}

function block(
  head: ChartHead,
  draw: (head: ChartHead, width: number) => Picture,
  table: DataTable,
): Extract<Block, { kind: "picture" }> {
  return {
    kind: "picture",
    picture: draw(head, width),
    narrow: draw({ ...head, id: `${head.id}-narrow` }, narrowWidth),
    title: head.title,
    caption: head.caption,
    table,
  };
}

export function verdictBlock(run: RunFindings, p: Provenance): Block {
  const views = [...new Set(run.conclusions.map((c) => c.view))];
  const names = [...new Set(run.conclusions.map((c) => c.name))];
  const data: VerdictData = {
    views: views.map(spaced),
    conclusions: names.map((name) => {
      const all = run.conclusions.filter((c) => c.name === name);
      return {
        label: bare(all[0]?.label ?? name),
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
    subtitle: "Each conclusion under each view; no view is called the reader's",
    caption: captionOf(p, run, null),
  };
  return block(head, (h, w) => verdictStrip(data, h, w), verdictTable(data));
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

/** Outcomes that stand beside every verdict, or those asked for, by option of the telling choice. */
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
  const head = {
    id: which === "chances" ? "chances-picture" : "beside-picture",
    title: which === "chances" ? "What happens, by choice" : "What stands beside every verdict",
    subtitle: [by === undefined ? "" : `By choice: ${bare(by.label)}`, othersText(run, choice)]
      .filter((t) => t !== "")
      .join(". "),
    caption: captionOf(p, run, run.request.views[0] ?? null),
  };
  return block(head, (h, w) => outcomeChart(data, h, w), outcomeTable(data));
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
    return block(head, (h, w) => curveChart(data, h, w), curveTable(data));
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
        return block(head, (h, w) => fanChart(data, h, w), fanTable(data));
      });
}

export function causalBlock(model: Model, run: RunFindings, p: Provenance): Block {
  const head = {
    id: "causal-picture",
    title: "What moves what",
    subtitle: "The parts that weigh most; the rest is folded into the arrows",
    caption: captionOf(p, run, null).replace(/View: .*?\. (?=Version|seed)/, ""),
  };
  const picture = causalPicture(model, head, 900);
  return { ...block(head, (h, w) => causalPicture(model, h, w), causalTable(model)), picture };
}

export function forecastBlock(model: Model, run: RunFindings, p: Provenance): Block | null {
  const { time } = model;
  if (time === null || model.forecasts.length === 0) return null;
  const data = {
    clock: time,
    horizon: time.steps * time.dt,
    forecasts: model.forecasts.map((f) => ({
      label: bare(f.label),
      of: f.of,
      by: f.by,
      state: f.state,
      resolvedOn: f.resolvedOn,
      reason: f.reason,
    })),
  };
  const head = {
    id: "forecasts-picture",
    title: "What the text foretells, and what came of it",
    subtitle: "Dates, and how firmly, are our reading: the short stroke is the date by which it was to be so",
    caption: captionOf(p, run, null),
  };
  return block(head, (h, w) => forecastTimeline(data, h, w), forecastTable(data));
}

/** Shares of past cases that tests ask for, each once, with the range over the codings in dispute under it; null where they ask for none. */
export function recordDataOf(tests: readonly RecordTestFinding[]): RecordData | null {
  const shares = tests
    .flatMap((t) => t.figures)
    .filter((f, i, all) => f.share !== null && f.tally.of > 0 && all.findIndex((g) => g.text === f.text) === i);
  const stated = new Set(tests.flatMap((t) => (t.asserted === null ? [] : [t.asserted.figure])));
  const [figure] = [...stated];
  if (shares.length === 0) return null;
  return {
    intervalIs: "95 in 100 (Jeffreys)",
    claimed: stated.size === 1 && figure !== undefined ? { share: figure, words: "what is claimed" } : null,
    rows: shares.flatMap((f) => [
      {
        label: recordWords(f.text),
        coding: "first coding",
        isFirstCoding: true,
        count: { hits: f.tally.events, cases: f.tally.of },
        low: f.jeffreys?.low ?? f.interval.low,
        high: f.jeffreys?.high ?? f.interval.high,
      },
      ...(f.range === null || f.range.low === f.range.high
        ? []
        : [
            {
              label: recordWords(f.text),
              coding: `over all ${plural(f.range.codings, "coding")} of ${plural(f.range.disputed, "disputed case")}`,
              isFirstCoding: false,
              count: null,
              low: f.range.low,
              high: f.range.high,
            },
          ]),
    ]),
  };
}

/** The shares of past cases, as a block. */
export function recordBlock(tests: readonly RecordTestFinding[], run: RunFindings, p: Provenance): Block | null {
  const data = recordDataOf(tests);
  if (data === null) return null;
  const head = {
    id: "record-picture",
    title: "What the record says",
    subtitle: "Cases in 100; the line is 95 chances in 100 (Jeffreys), or the range over codings",
    caption: captionOf(p, run, null).replace(/View: .*$/, "Counts of past cases, not a forecast."),
  };
  return block(head, (h, w) => recordChart(data, h, w), recordTable(data));
}

/** `share(event = collapse | outcome = loss)` as `event = collapse, where outcome = loss`. */
function recordWords(text: string): string {
  const [, of = text, given] = /^share\((.*?)(?: \| (.*))?\)$/.exec(text) ?? [];
  return spaced(given === undefined ? of : `${of}, where ${given}`);
}

/** What each claim contributes to the leading conclusion, and what would reverse it. */
export function restingBlocks({ run, carries, reverses }: ReportFindings, p: Provenance): readonly Block[] {
  const blocks: Block[] = [];
  const [explained] = carries?.explained ?? [];
  const [flipped] = reverses?.flipped ?? [];
  const contributions = carries === null || explained === undefined ? null : contributionsOf(carries.target, explained);
  const caption = captionOf(p, run, run.request.views[0] ?? null);
  if (carries !== null && explained !== undefined && contributions !== null) {
    const head = {
      id: "carries-picture",
      title: "What carries it",
      subtitle: `“${bare(carries.target.label)}”: what each claim contributes to the margin, in this model`,
      caption,
    };
    blocks.push(
      { kind: "text", text: carriesSentence(carries.target, explained) },
      block(head, (h, w) => contributionBars(contributions, h, w), contributionTable(contributions)),
    );
  }
  const flips = flipped === undefined ? null : flipsOf(flipped);
  if (reverses !== null && flips !== null) {
    const head = {
      id: "reverses-picture",
      title: "What would reverse it",
      subtitle: `“${bare(reverses.target.label)}”: how far one claim would have to be believed, in 100, all else as it is`,
      caption,
    };
    blocks.push(block(head, (h, w) => flipStrips(flips, h, w), flipTable(flips)));
  }
  return blocks;
}

/** The choices as a game: the tree in each actor's eyes, how the choices turn with how sharply payoffs are told apart, what each expected. */
export function gameBlocks({ run, game }: ReportFindings, p: Provenance): readonly Block[] {
  const [play] = game?.plays ?? [];
  if (game === null || play === undefined) return [];
  const caption = captionOf(p, run, play.view);
  const tree = gameOf(game, play);
  const expected = expectationTable(game, play);
  return [
    ...(tree === null
      ? []
      : [
          block(
            {
              id: "game-picture",
              title: "The choices as a game",
              subtitle: `How often each move is made where choices err a little (λ × range of payoffs ${game.request.lambda}), and what each end is worth to whom in its own eyes; for the likeliest motives alone`,
              caption,
            },
            (h, w) => gameTree(tree, h, w),
            gameTable(tree),
          ),
        ]),
    ...fansOf(game, play).map(({ choice, data }, i) =>
      block(
        {
          id: `equilibria-${i + 1}`,
          title: choice,
          subtitle: "How often each option is chosen, in 100, by how sharply payoffs are told apart",
          caption,
        },
        (h, w) => equilibriumFan(data, h, w),
        equilibriumTable(data),
      ),
    ),
    ...(expected === null ? [] : [{ kind: "table" as const, table: expected }]),
  ];
}

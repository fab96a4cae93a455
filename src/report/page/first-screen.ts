/** The first screen of a page as markup: question, answer, picture and readings, before any script has run. */

import type { Lead } from "#analysis/lead/lead.ts";
import type { LeadPicture } from "#analysis/lead/lead-picture.ts";
import type { LeadState } from "#analysis/lead/lead-moves.ts";
import { leadFollower } from "#analysis/lead/lead-moves.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import type { Model } from "#model/model.ts";
import { chainChart } from "../charts/chain-chart.ts";
import { leadChart } from "../charts/lead-chart.ts";
import { element, type Element, type Node } from "../picture/element.ts";
import { markup } from "../picture/markup.ts";
import {
  byline,
  claimWords,
  firstFiguresLine,
  leadSentence,
  guessWords,
  readingsTitle,
  verdictLine,
  type LeadVerdict,
  type Phrase,
} from "./lead-words.ts";
import { hangingTexts } from "../words/words.ts";
import {
  axisWords,
  carryingClaims,
  chainChartData,
  chainNote,
  claimPlace,
  leadChartData,
  nodeValues,
  readingRows,
  toldFigures,
} from "./lead-view.ts";
import type { PageData } from "./page-data.ts";
import { monthWords } from "./page-dates.ts";

/** Plot heights and widths that the style sheet gives the pictures, so that nothing moves when the script takes over. */
const leadSizes = {
  narrow: { width: 332, height: 168 },
  wide: { width: 700, height: 264 },
} as const;

/** Empty where the case does not read. */
export function firstScreen(data: PageData): string {
  const { model } = data;
  if (model === null) return "";
  return [masthead(model), element("main", { class: "fallback" }, ...body(data, model))].map(markup).join("");
}

/** What is found, in a sentence, for those who are sent the address; what the case says of itself where nothing is found yet. */
export function findingOfPage({ model, lead, findings }: PageData): string {
  const picture = lead?.pictures[0];
  if (model === null || lead === null || picture === undefined)
    return model?.notes[0] ?? "An argument you can move: what follows from it, and what would reverse it.";
  const sentence = leadSentence(model, lead.plan, toldFigures(findings, lead, picture).figures);
  return `${sentence.map((p) => p.text).join("")} A model, not a forecast.`;
}

function masthead(model: Model): Element {
  return element(
    "header",
    { class: "masthead" },
    element("p", { class: "kicker" }, element("strong", {}, "Casus"), element("span", {}, kickerWords(model))),
    element("h1", { dir: "auto" }, model.title),
    element("p", { class: "byline", dir: "auto" }, byline(model)),
  );
}

/** `as of January 2022 · modelled by … · not a forecast`. */
export function kickerWords(model: Model): string {
  return [
    model.asOf === null ? "" : `as of ${monthWords(model.asOf)}`,
    model.modeller === null ? "" : `modelled by ${model.modeller}`,
    "not a forecast",
  ]
    .filter((t) => t !== "")
    .join(" · ");
}

function body({ lead, findings, model: whole }: PageData, model: Model): readonly Node[] {
  if (whole === null) return [];
  if (model.conclusions.length === 0)
    return [
      element(
        "p",
        { class: "say" },
        "This case draws no conclusion yet, so there is nothing to compare. Its claims and its model are below.",
      ),
    ];
  const picture = lead?.pictures[0];
  if (lead === null || picture === undefined)
    return [element("p", { class: "say" }, "The figures of this page are being made. This takes some seconds.")];
  const told = toldFigures(findings, lead, picture);
  const beliefs = mindOf(model, picture.view);
  const state = leadFollower(model, lead)({ picture, figures: told.figures, beliefs, nearer: null }, beliefs);
  return [
    element(
      "div",
      { class: "first" },
      // Keeps the room of the page's own button: nothing moves when that comes.
      element("p", { class: "guess-first unready" }, element("span", { class: "button" }, guessWords)),
      element("div", { class: "figure-place" }, figure(model, lead, state, picture.times)),
      element(
        "div",
        { class: "say-place" },
        element("p", { class: "say", dir: "auto" }, ...leadSentence(model, lead.plan, state.figures).map(phrase)),
        element("p", { class: "verdict-line", dir: "auto" }, verdictText(model, lead, picture, told.verdict)),
        ...claims(model, lead, state),
      ),
      ...chain(model, lead, state),
      readings(model, lead, findings),
    ),
  ];
}

/** The verdict, whether it is built in, and what it depends on that nobody named. */
function verdictText(model: Model, lead: Lead, picture: LeadPicture, verdict: LeadVerdict | null): string {
  if (lead.firstRuns !== null) return firstFiguresLine(lead.firstRuns);
  const hanging = lead.hanging[lead.pictures.indexOf(picture)];
  return [verdictLine(model, lead.plan, verdict), ...(hanging === undefined ? [] : hangingTexts(hanging))].join(" ");
}

/** Words that stand out are strong, in the colour of what they are of. */
function phrase({ text, side }: Phrase): Node {
  if (side === undefined) return text;
  return element("strong", { class: side < 0 ? "gap-words" : `side-${side}` }, text);
}

function figure(model: Model, lead: Lead, state: LeadState, times: readonly number[]): Element {
  const others = lead.pictures.slice(1);
  const drawn = (size: "narrow" | "wide"): Element => {
    const data = leadChartData(model, lead, state, times, { others, guess: null, isCovered: false });
    return element("div", { class: size }, leadChart({ ...data, id: `lead-${size}` }, leadSizes[size]).root);
  };
  return element(
    "figure",
    { class: "gap-figure" },
    element("figcaption", { class: "axis-words" }, axisWords(model, lead)),
    drawn("wide"),
    drawn("narrow"),
  );
}

function claims(model: Model, lead: Lead, state: LeadState): readonly Element[] {
  const carrying = carryingClaims(model, lead, state);
  if (carrying.length === 0) return [];
  const credence = (claim: string): number =>
    mindOf(model, lead.pictures[0]?.view ?? "case").credences[claim]?.[0]?.credence ?? 0;
  return [
    element("h2", { class: "small-title" }, "What carries it"),
    element(
      "ol",
      { class: "top-claims" },
      ...carrying.map(({ claim, words }) =>
        element(
          "li",
          { class: "top-claim" },
          element(
            "p",
            { dir: "auto" },
            claimWords(model, claim),
            element("small", {}, ` ${claimPlace(model, claim)} ${words}`),
          ),
          element("p", { class: "slider-place" }, `believed ${Math.round(100 * credence(claim))} in 100`),
        ),
      ),
    ),
  ];
}

function chain(model: Model, lead: Lead, state: LeadState): readonly Element[] {
  const data = chainChartData(model, lead, state, []);
  if (data === null) return [];
  return [
    element(
      "section",
      { class: "chain-place" },
      element("h2", { class: "small-title" }, data.title),
      element("div", { class: "wide" }, chainChart({ ...data, id: "chain-wide" }, leadSizes.wide.width).root),
      element("p", { class: "under on-arrows" }, chainNote(model, lead, data)),
      element(
        "ol",
        { class: "narrow chain-list" },
        ...data.nodes.map((n, i) =>
          element(
            "li",
            {},
            element("span", { dir: "auto" }, n.label),
            ...nodeValues(model, lead, state, i).flatMap((v, side) =>
              v === null ? [] : [" ", element("strong", { class: `side-${side}` }, v)],
            ),
          ),
        ),
      ),
    ),
  ];
}

function readings(model: Model, lead: Lead, findings: PageData["findings"]): Element {
  return element(
    "section",
    { class: "readings-place" },
    element("h2", { class: "small-title" }, readingsTitle),
    element(
      "ul",
      { class: "readings" },
      ...readingRows(model, lead, findings).map((r) =>
        element(
          "li",
          { dir: "auto" },
          element("span", {}, r.label),
          " ",
          element("strong", {}, r.gap ?? ""),
          ` ${lead.firstRuns === null ? (r.verdict?.verdict ?? "not told") : ""}`,
        ),
      ),
    ),
  );
}

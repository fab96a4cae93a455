/**
 * Makes the gallery of the casebook and the comparison of its cases, for `npm run casebook`: what each case asks, what it answers, what history said. The
 * facts go into docs/casebook.json, which the site and the start page read, and from there into README.md and docs/casebook.md, between their marks.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What is known of one case: its question, the leading conclusion's verdict, its forecasts and what its records say. */
export function factsOf(name, model, run, score, test) {
  const claims = Object.fromEntries(model.claims.map((c) => [c.name, c.kinds.join(" and ")]));
  const leading =
    run.conclusions.find((c) => c.name === (model.leading ?? model.conclusions[0]?.name)) ?? run.conclusions[0];
  const facts = {
    name,
    hash: run.provenance.hash,
    title: model.title,
    view: run.provenance.views[0].label,
    answer: leading === undefined ? null : { text: leading.text, verdict: leading.verdict },
    claims: model.claims.map((c) => c.kinds.join(" and ")),
    views: model.views.length,
    conclusions: model.conclusions.length,
    forecasts: (score?.forecasts ?? []).map(({ claim, state, reading }) => ({
      kind: claims[claim] ?? "",
      state,
      reading,
    })),
    scores: (score?.scores ?? [])
      .filter((s) => s.kind === "reading" || s.kind === "base")
      .map(({ kind, scored, brier }) => ({ kind, scored, brier })),
    records: (test?.records ?? []).map(({ claim, verdict }) => ({ kind: claims[claim] ?? "", verdict })),
  };
  return { ...facts, history: historySaid(facts) };
}

const gallery = ["<!-- gallery: made by npm run casebook -->", "<!-- end of gallery -->"];
const compared = ["<!-- comparison: made by npm run casebook -->", "<!-- end of comparison -->"];

/** The text between two marks of a page, anew. */
export function filledBetween(text, [begin, end], made) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no place marked by ${begin}`);
  return `${text.slice(0, from + begin.length)}\n\n${made}\n\n${text.slice(to)}`;
}

const cell = (text) => String(text).replaceAll("|", "\\|");
const row = (cells) => `| ${cells.map(cell).join(" | ")} |`;
const table = (head, rows) => [row(head), `|${"---|".repeat(head.length)}`, ...rows.map(row)].join("\n");
const count = (all, of) => all.filter(of).length;
const plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
const two = (x) => (x === undefined ? "" : x.toFixed(2));

const settledStates = ["came true", "came false"];

/** In a few words. */
export function historySaid({ forecasts, scores, records }) {
  const settled = forecasts.filter((f) => settledStates.includes(f.state));
  const text = scores.find((s) => s.kind === "reading");
  const parts = [];
  if (settled.length > 0)
    parts.push(
      `${count(settled, (f) => f.state === "came true")} of ${plural(settled.length, "settled forecast")} came true${text === undefined || !(text.scored > 0) ? "" : ` (Brier score of the text ${two(text.brier)})`}`,
    );
  else if (forecasts.length > 0) parts.push(`${plural(forecasts.length, "forecast")}, none settled`);
  if (records.length > 0) {
    const borne = count(records, (r) => r.verdict === "borne out");
    const against = count(records, (r) => r.verdict === "contradicted");
    parts.push(
      `of ${plural(records.length, "test")} on past cases ${borne} ${borne === 1 ? "supports" : "support"} the claim and ${against} ${against === 1 ? "contradicts" : "contradict"} it`,
    );
  }
  return parts.length === 0 ? "nothing yet: it has no forecasts and no record" : parts.join("; ");
}

/** `up`: from the page to the root of the repository. */
export function galleryTable(facts, up = "") {
  return table(
    ["question", "answer, in this model", "what history said"],
    facts.map((f) => [
      `[${f.title}](${up}casebook/${f.name}/README.md)`,
      f.answer === null ? "it judges no conclusion" : `${f.answer.text}: *${f.answer.verdict}*, under ${f.view}`,
      historySaid(f),
    ]),
  );
}

const verdicts = ["borne out", "leans for", "leans against", "contradicted"];

/** Forecasts, claims by kind, and the count of what all of this rests on. */
export function comparison(facts) {
  const withForecasts = facts.filter((f) => f.forecasts.length > 0);
  const forecastRows = withForecasts.map(({ title, forecasts, scores }) => {
    const scored = (kind) => scores.find((s) => s.kind === kind);
    return [
      title,
      forecasts.length,
      count(forecasts, (f) => f.state === "came true"),
      count(forecasts, (f) => f.state === "came false"),
      count(forecasts, (f) => !settledStates.includes(f.state)),
      two(scored("reading")?.brier),
      two(scored("base")?.brier),
    ];
  });
  const records = facts.flatMap((f) => f.records);
  const kinds = [...new Set(records.map((r) => String(r.kind)))].toSorted((a, b) => (a < b ? -1 : 1));
  const kindRows = kinds.map((kind) => {
    const own = records.filter((r) => r.kind === kind);
    return [
      kind,
      own.length,
      ...verdicts.map((verdict) => count(own, (r) => r.verdict === verdict)),
      count(own, (r) => !verdicts.includes(r.verdict)),
    ];
  });
  const mostTests = Math.max(0, ...facts.map((f) => f.records.length));
  const forecasts = facts.flatMap((f) => f.forecasts);
  const settled = forecasts.filter((f) => settledStates.includes(f.state));
  const byKind = [...new Set(settled.map((f) => String(f.kind)))]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((kind) => {
      const own = settled.filter((f) => f.kind === kind);
      return [kind, own.length, count(own, (f) => f.state === "came true")];
    });
  return [
    "## The cases",
    galleryTable(facts, "../"),
    "## Forecasts",
    withForecasts.length === 0
      ? "No case has a forecast."
      : table(
          [
            "case",
            "forecasts",
            "came true",
            "came false",
            "not settled",
            "Brier score of the text",
            "of base rates alone",
          ],
          forecastRows,
        ),
    "A Brier score is the mean square distance of the chance stated from what came (0 is perfect; 0.25 is what one half throughout gets). The chance that a text states is our reading of its words, and in most cases was given after the events: it flatters the text. Base rates know no text: every claim is off.",
    "## Settled forecasts, by the kind of claim they come from",
    byKind.length === 0 ? "None is settled." : table(["kind of claim", "settled", "came true"], byKind),
    "## Claims by kind, against records of past cases",
    kindRows.length === 0
      ? "No claim is tested on a record."
      : table(["kind of claim", "tests", ...verdicts, "open"], kindRows),
    "## The honest count",
    `${plural(facts.length, "case")}, ${plural(
      facts.reduce((n, f) => n + f.claims.length, 0),
      "claim",
    )}, ${plural(records.length, "test")} on records (${mostTests} of them in one case), ${plural(forecasts.length, "forecast")} of which ${settled.length} ${settled.length === 1 ? "is" : "are"} settled. ` +
      `The cases were chosen by us, most of them knowing how the story ended; forecasts of one case rest on one another. From so few, so chosen, nothing follows about arguments in general.`,
  ].join("\n\n");
}

/** Writes the facts and fills the pages. `facts`: those of the cases made anew; of the others, what is known stays. */
export function writeGallery(root, names, facts) {
  const file = join(root, "docs/casebook.json");
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).cases : [];
  const all = names
    .flatMap((name) => facts.find((f) => f.name === name) ?? known.find((f) => f.name === name) ?? [])
    .map((f) => ({ ...f, history: historySaid(f) }));
  writeFileSync(file, `${JSON.stringify({ schema: "casus/casebook@1", cases: all }, null, 1)}\n`);
  for (const [page, marks, made] of [
    ["README.md", gallery, galleryTable(all)],
    ["docs/casebook.md", compared, comparison(all)],
  ]) {
    const path = join(root, page);
    writeFileSync(path, filledBetween(readFileSync(path, "utf8"), marks, made));
  }
}

/** What is stale in the gallery, judged without a run; `hashes` of the cases as they stand, by name. */
export function staleGallery(root, hashes) {
  const file = join(root, "docs/casebook.json");
  // What was never made is not stale: the pages then have no gallery.
  if (!existsSync(file)) return [];
  const { cases } = JSON.parse(readFileSync(file, "utf8"));
  const wrong = Object.entries(hashes).flatMap(([name, hash]) => {
    const found = cases.find((f) => f.name === name);
    if (found === undefined) return [`docs/casebook.json: ${name} is not in the gallery`];
    return found.hash === hash ? [] : [`docs/casebook.json: ${name} is of another version of the case`];
  });
  for (const { page, marks, made } of [
    { page: "README.md", marks: gallery, made: galleryTable(cases) },
    { page: "docs/casebook.md", marks: compared, made: comparison(cases) },
  ]) {
    const text = readFileSync(join(root, page), "utf8");
    if (filledBetween(text, marks, made) !== text)
      wrong.push(`${page}: its gallery is not what docs/casebook.json says`);
  }
  return wrong;
}

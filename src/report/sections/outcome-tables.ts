/** Tables of outcomes by combination of choices: a small table for each, or one for all where there is at most one choice. */

import { gap, heading, say, tableOf, type Block } from "./blocks.ts";
import type { ChoiceHead, ProfileFinding, RunFindings } from "#analysis/findings/findings.ts";
import type { OutcomeFinding, OutcomeHead } from "#analysis/outcomes/outcomes.ts";
import { widthOf } from "../render/lines.ts";
import { inScale, ofHundredWithError, scaleOf, slackText, type Scale } from "../words/numbers.ts";
import { bare, spaced } from "../words/words.ts";

/** Labels longer than this give way to the option's name. */
const longestHead = 20;

export function outcomeTables(findings: RunFindings, view: string): readonly Block[] {
  const rows = findings.profiles.filter((p) => p.view === view);
  const heads = findings.outcomes;
  if (heads.length === 0) return [say("The case declares no outcome.", { indent: 2 })];
  const lines = [outcomeLegend(heads), gap];
  const [only, ...more] = findings.enumerated;
  if (more.length === 0) return [...lines, tableOf({ ...oneTable(heads, rows, only), align: "right" }, 2)];
  return [...lines, ...heads.flatMap((head) => [...matrix(head, rows, findings.enumerated), gap])].slice(0, -1);
}

/** What the figures of such outcomes are in a table. */
export function outcomeLegend(heads: readonly OutcomeHead[]): Block {
  const kinds = new Set(heads.map((o) => o.kind));
  const parts = [
    ...(kinds.has("truth") || kinds.has("category") ? ["Chances are runs in 100, ± two standard errors."] : []),
    ...(kinds.has("quantity")
      ? ["Quantities are the middle run, ± two standard errors, and in brackets the range of 90 runs in 100."]
      : []),
  ];
  return say(parts.join(" "), { indent: 2 });
}

/** The option as the head of a row or column: its label if that is short. */
function optionHead(choice: ChoiceHead, option: string): string {
  const label = choice.options.find((o) => o.name === option)?.label ?? option;
  return widthOf(label) <= longestHead ? bare(label) : spaced(option);
}

function findingOf(profile: ProfileFinding, head: OutcomeHead): OutcomeFinding | undefined {
  return profile.outcomes.find((o) => o.name === head.name);
}

function scaleFor(head: OutcomeHead, profiles: readonly ProfileFinding[]): Scale {
  const found = profiles.flatMap((p) => findingOf(p, head) ?? []);
  const medians = found.map((o) => o.summary.q50);
  const ends = found.flatMap((o) => [o.summary.q05, o.summary.q95]);
  return scaleOf(medians.some((m) => m !== 0) ? medians : ends, head.unit);
}

/** `42 ±3`, `12 ±1 (8 to 19)`, or each word with its chance. A quantity that is the same in all runs of the range has neither. */
export function outcomeText(head: OutcomeHead, finding: OutcomeFinding, scale: Scale): string {
  const { mean, se, q05, q50, q50Se, q95 } = finding.summary;
  switch (head.kind) {
    case "truth":
      return ofHundredWithError(mean, se);
    case "quantity":
      return q05 === q95
        ? inScale(q50, scale)
        : `${inScale(q50, scale)} ${middleError(q50Se, scale)}(${inScale(q05, scale)} to ${inScale(q95, scale)})`;
    case "category":
      return finding.shares.map((s) => `${spaced(s.word)} ${ofHundredWithError(s.chance, s.se)}`).join(", ");
  }
}

/** A quantile has no error that its runs show where they pile up on one value, and none that is known from a single run. */
function middleError(se: number, scale: Scale): string {
  return se > 0 ? `${slackText({ value: 0, se }, scale)} ` : "";
}

function unitText(head: OutcomeHead, scale: Scale): string {
  return head.kind === "quantity" ? scale.unit : "runs in 100";
}

// ---- at most one choice: outcomes down, options across

/** Outcomes down, the options of `choice` across. */
export function oneTable(
  heads: readonly OutcomeHead[],
  profiles: readonly ProfileFinding[],
  choice: ChoiceHead | undefined,
): Pick<Parameters<typeof tableOf>[0], "heads" | "rows"> {
  const columns = profiles.map((p) => (choice === undefined ? "" : optionHead(choice, p.choices[choice.name] ?? "")));
  return {
    heads: [choice === undefined ? "" : bare(choice.label), ...columns],
    rows: heads.flatMap((head) => rowsOf(head, profiles)),
  };
}

function rowsOf(
  head: OutcomeHead,
  profiles: readonly ProfileFinding[],
): readonly { readonly head: string; readonly cells: readonly string[] }[] {
  const scale = scaleFor(head, profiles);
  const unit = head.kind === "quantity" && scale.unit !== "" ? `, ${scale.unit}` : "";
  const found = profiles.map((p) => findingOf(p, head));
  if (head.kind !== "category") {
    const cells = found.map((o) => (o === undefined ? "" : outcomeText(head, o, scale)));
    return [{ head: `${bare(head.label)}${unit}`, cells }];
  }
  const words = found[0]?.shares.map((s) => s.word) ?? [];
  return words.map((word) => ({
    head: `${bare(head.label)}: ${spaced(word)}`,
    cells: found.map((o) => shareCell(o, word)),
  }));
}

function shareCell(finding: OutcomeFinding | undefined, word: string): string {
  const share = finding?.shares.find((s) => s.word === word);
  return share === undefined ? "" : ofHundredWithError(share.chance, share.se);
}

// ---- two choices and more: a small table for each outcome, the last choice across

function matrix(
  head: OutcomeHead,
  profiles: readonly ProfileFinding[],
  choices: readonly ChoiceHead[],
): readonly Block[] {
  const scale = scaleFor(head, profiles);
  const unit = unitText(head, scale);
  const title = [heading(`${bare(head.label)}${unit === "" ? "" : ` (${unit})`}`, 2)];
  return [...title, ...(head.kind === "category" ? categoryLines : crossLines)(head, profiles, choices, scale)];
}

function crossLines(
  head: OutcomeHead,
  profiles: readonly ProfileFinding[],
  choices: readonly ChoiceHead[],
  scale: Scale,
): readonly Block[] {
  const across = choices.at(-1) as ChoiceHead;
  const down = choices.slice(0, -1);
  const rows = new Map<string, string[]>();
  for (const p of profiles) {
    const key = rowHead(p, down);
    const finding = findingOf(p, head);
    rows.set(key, [...(rows.get(key) ?? []), finding === undefined ? "" : outcomeText(head, finding, scale)]);
  }
  const grid = {
    heads: ["", ...across.options.map((o) => optionHead(across, o.name))],
    rows: [...rows].map(([rowName, cells]) => ({ head: rowName, cells })),
    align: "right" as const,
  };
  return [tableOf(grid, 4)];
}

function categoryLines(
  head: OutcomeHead,
  profiles: readonly ProfileFinding[],
  choices: readonly ChoiceHead[],
): readonly Block[] {
  const words = profiles[0] === undefined ? [] : (findingOf(profiles[0], head)?.shares.map((s) => s.word) ?? []);
  const grid = {
    heads: ["", ...words.map(spaced)],
    rows: profiles.map((p) => ({
      head: rowHead(p, choices),
      cells: words.map((word) => shareCell(findingOf(p, head), word)),
    })),
    align: "right" as const,
  };
  return [tableOf(grid, 4)];
}

function rowHead(profile: ProfileFinding, choices: readonly ChoiceHead[]): string {
  return choices.map((c) => optionHead(c, profile.choices[c.name] ?? "")).join(", ");
}

/** The words a reader sees for verdicts, views and situations. */

import type { ConclusionFinding } from "#analysis/verdicts/conclusions.ts";
import type { ExpectationState } from "#analysis/verdicts/expectations.ts";
import type { FigureFinding, Refusal } from "#analysis/figures/figures.ts";
import type { Situation } from "#ensemble/situation.ts";
import type { Verdict } from "#analysis/verdicts/verdict.ts";
import { printable } from "../render/lines.ts";
import type { TurningOption } from "#analysis/answers/turning.ts";
import { grouped, inScale, listed, plural, scaleOf } from "./numbers.ts";
import type { Tone } from "../sections/blocks.ts";

/** The tone of a verdict: green, red and the like where there are colours. */
export function verdictTone(verdict: Verdict): Tone {
  switch (verdict) {
    case "holds":
      return "good";
    case "fails":
    case "does not hold":
      return "bad";
    case "no material difference":
      return "even";
    case "too close to call":
    case "not told":
      return "unsure";
  }
}

export function stateTone(state: ExpectationState): Tone {
  switch (state) {
    case "passed":
      return "good";
    case "failed":
      return "bad";
    case "too close to call":
    case "not told":
      return "unsure";
  }
}

/** Where a column is narrow. */
export function shortVerdict(verdict: Verdict): string {
  return verdict === "no material difference"
    ? "no difference"
    : verdict === "too close to call"
      ? "too close"
      : verdict;
}

/** An identifier as people read it. */
export function spaced(name: string): string {
  const shown = printable(name);
  // Underscores at an end, or two in a row, part no words: the name is shown as written.
  return /^_|__|_$/.test(shown) ? shown : shown.replaceAll("_", " ");
}

/** Whose claims: `the rivals'`. */
export function sideText(side: string | null): string {
  return side === null ? "no side named" : `side '${spaced(side)}'`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A label ends without a full stop inside a line of text. */
export function bare(label: string): string {
  return printable(label).replace(/\.$/, "");
}

/** A label without what explains it, behind a colon or in brackets: for where there is little room. */
export function brief(label: string): string {
  const [head = ""] = bare(label).split(/: | \(/);
  return head.trim() === "" ? bare(label) : head;
}

/** What sets this situation apart from the others beside it: `move = attack, not A18`. */
export function situationText(s: Situation, others: readonly Situation[]): string {
  const parts = [
    ...Object.entries(s.choices)
      .filter(([c, o]) => others.some((x) => x.choices[c] !== o))
      .map(([c, o]) => `${spaced(c)} = ${spaced(o)}`),
    ...Object.entries(s.claims)
      .filter(([c, on]) => others.some((x) => x.claims[c] !== on))
      .map(([c, on]) => `${c} ${on ? "on" : "off"}`),
    ...s.suppositions.filter((name) => others.some((x) => !x.suppositions.includes(name))).map(spaced),
  ];
  return parts.length > 0
    ? parts.join(", ")
    : others.length > 1
      ? "with everything else as fixed"
      : "with everything as fixed";
}

export function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case "rare":
      return (
        `Not told: only ${plural(refusal.runs, "simulated run")} of ${grouped(refusal.outOf, 0)} meet the condition of ` +
        `${printable(refusal.figure)}; at least 30 and 1 in 100 must.`
      );
    case "undefined":
      return "Not told: its arithmetic has no finite value here, as when it divides by zero.";
  }
}

/** `|` picks runs out, it does not bring anything about. */
export function givenCaveat(figures: readonly FigureFinding[]): string | null {
  const inside = figures.filter((f) => f.givenIsInside);
  if (inside.length === 0) return null;
  return (
    "Caution: the condition after '|' is something that happens inside the model. It selects the runs in which it happened, with whatever led " +
    "to it there. It does not say what would follow if somebody made it happen."
  );
}

export function markText(mark: ConclusionFinding["mark"]): string {
  switch (mark) {
    case "text":
      return "the text's own";
    case "inferred":
      return "inferred from the text";
    case "ours":
      return "the modeller's own";
    case "wiring":
      return "wiring of the model";
    case null:
      return "unmarked";
  }
}

/** After chances that observations could have moved and did not; empty where nothing has been seen. */
export function beforeEvidence(uncounted: readonly string[]): string {
  if (uncounted.length === 0) return "";
  return ` A view's chances do not count what has been seen (${listed(uncounted.map(bare))}). The chances laid down since then do.`;
}

/** Of a verdict whose direction follows from the wiring; null elsewhere. */
export function builtInText(builtIn: ConclusionFinding["builtIn"]): string | null {
  if (builtIn === null) return null;
  const why = `no run of ${grouped(builtIn.runs, 0)} goes the other way${builtIn.isBySigns ? ", and the signs of the equations say so" : ""}`;
  return `Built into the model: only its size is a finding (${why}).`;
}

/** Next to a verdict: whether it is built in, whether it rests on the argument, and what it depends on that nobody named. */
export function hangingTexts({
  builtIn,
  turning,
  withoutClaims,
}: Pick<ConclusionFinding, "builtIn" | "turning" | "withoutClaims">): readonly string[] {
  const texts = [builtInText(builtIn), withoutClaimsText(withoutClaims), turningText(turning)];
  return texts.flatMap((t) => (t === null ? [] : [t]));
}

/** Of a verdict that holds without the argument; null elsewhere. */
function withoutClaimsText(found: ConclusionFinding["withoutClaims"]): string | null {
  return found === null
    ? null
    : "It holds with every claim switched off too: it needs none of them, though some may turn it.";
}

/** Of a conclusion that no claim can reach, said before anything is run. */
export function withoutArgument(label: string): string {
  return `“${bare(label)}” does not rest on the argument: nothing that it is worked out from depends on a claim.`;
}

/** The options nobody named that turn a verdict; null where none does. */
function turningText(turning: readonly TurningOption[]): string | null {
  if (turning.length === 0) return null;
  const told = turning.map((t) => {
    const scale = scaleOf([t.comparison.margin], t.comparison.unit);
    return `with “${bare(t.label)}” at “${bare(t.insteadLabel)}”, ${t.verdict} (${inScale(t.comparison.margin, scale)}${scale.unit === "" ? "" : ` ${scale.unit}`})`;
  });
  return `It depends on a choice left at its default: ${listed(told)}.`;
}

/** A run told as a story: dated lines, what drove each event, the claims that were true, and the state as it went. */

import type { Cause, Happening, Story } from "#analysis/tell/story.ts";
import type { Model } from "#model/model.ts";
import { inScale, listed, ofHundred, scaleOf } from "./numbers.ts";
import { leadOptionWords } from "../page/lead-words.ts";
import { timeLabel } from "../picture/time-axis.ts";
import { bare, brief } from "./words.ts";

export interface StoryLine {
  readonly when: string;
  readonly what: string;
  readonly why: string;
  /** Claims it stood on, by name. */
  readonly claims: readonly string[];
}

export function storyLines(model: Model, story: Story): readonly StoryLine[] {
  const clock = model.time;
  return story.happenings.map((h) => ({
    when: clock === null ? "" : timeLabel(clock, h.time),
    what: `${bare(h.label)}${h.times > 1 ? ` (for the ${ordinal(h.times)} time)` : ""}.`,
    why: whyWords(model, h),
    claims: [...new Set(h.causes.flatMap((c) => (c.kind === "hazard" ? c.claims : [])))],
  }));
}

function whyWords(model: Model, h: Happening): string {
  const after = h.causes.filter((c) => c.kind === "after");
  if (after.length > 0) return `After: ${listed(after.map((c) => bare(c.label)))}.`;
  const parts = h.causes.filter((c): c is Extract<Cause, { kind: "hazard" }> => c.kind === "hazard");
  if (parts.length === 0) return "";
  const words = (c: Extract<Cause, { kind: "hazard" }>): string => {
    const named = [...c.words.map((w) => `“${brief(w)}”`), ...c.claims.map((n) => `“${claimOf(model, n)}”`)];
    return named.length === 0 ? "what comes by itself" : listed(named.slice(0, 3));
  };
  if (parts.length === 1 && parts[0] !== undefined) return `Its risk came from ${words(parts[0])}.`;
  return `Of its risk, ${parts.map((c) => `${ofHundred(c.share)} in 100 came from ${words(c)}`).join("; ")}.`;
}

function claimOf(model: Model, name: string): string {
  return bare(model.claims.find((c) => c.name === name)?.label ?? name);
}

function ordinal(n: number): string {
  const tail = n % 100 >= 11 && n % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${tail}`;
}

/** What was chosen, in the case's words: only where there is a choice. */
export function storyChoices(model: Model, story: Story): readonly string[] {
  return model.choices.flatMap((c) => {
    const option = story.situation.choices[c.name];
    return option === undefined || c.default === option
      ? []
      : [`${bare(c.label)}: ${leadOptionWords(model, c.name, option)}`];
  });
}

/** `Ships built: 0, 12 thousand, …`. */
export function storyState(
  model: Model,
  story: Story,
): readonly { readonly label: string; readonly at: readonly { readonly when: string; readonly value: string }[] }[] {
  const clock = model.time;
  return story.state.map((s) => {
    const scale = scaleOf(
      s.at.map((a) => a.value),
      s.unit,
    );
    return {
      label: `${bare(s.label)}${scale.unit === "" ? "" : `, ${scale.unit}`}`,
      at: s.at.map((a) => ({ when: clock === null ? "" : timeLabel(clock, a.time), value: inScale(a.value, scale) })),
    };
  });
}

/** How each outcome came out, those that are always shown first. */
export function storyOutcomes(
  model: Model,
  story: Story,
): readonly { readonly label: string; readonly value: string }[] {
  return model.outcomes
    .map((o, i) => ({ o, value: story.outcomes[i] ?? Number.NaN }))
    .toSorted((a, b) => Number(b.o.alwaysShown) - Number(a.o.alwaysShown))
    .map(({ o, value }) => {
      if (o.categories !== null)
        return { label: bare(o.label), value: o.categories[value]?.replaceAll("_", " ") ?? "none" };
      if (o.isTruth) return { label: bare(o.label), value: value === 1 ? "yes" : "no" };
      const scale = scaleOf([value], o.unit);
      return { label: bare(o.label), value: `${inScale(value, scale)} ${scale.unit}`.trim() };
    });
}

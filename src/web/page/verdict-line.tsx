/** The verdict in words: whether it is built in, what it depends on that nobody named, and in an attribute every digit it is read from. */

import { For, Show, type JSX } from "solid-js";
import { hangingTexts, verdictLine, type ComparisonFinding } from "#internal.ts";
import type { Page } from "./page.ts";
import type { LeadStore } from "./state/lead-store.ts";
import { verdictClass } from "./words.ts";

export function VerdictLine(props: { readonly page: Page; readonly store: LeadStore }): JSX.Element {
  const { page, store } = props;
  const { lead } = store;
  /** What came with the page, until a reader moves something. */
  const hanging = () => {
    const came = lead.hanging[lead.pictures.findIndex((p) => p.view === page.settings.view)];
    return (page.isMine() ? undefined : came) ?? page.finding(lead.plan.conclusion)?.value;
  };
  return (
    <p class="verdict-line" dir="auto" data-answer={answerDigits(store.comparison())}>
      <span class={`mark mark-${verdictClass[store.verdict()?.verdict ?? "not told"]}`} aria-hidden="true" />
      {verdictLine(page.model, lead.plan, store.verdict())}
      <Show when={page.isMine()}> With your settings.</Show>
      <Show when={hanging()}>{(found) => <For each={hangingTexts(found())}>{(text) => <> {text}</>}</For>}</Show>
    </p>
  );
}

/** A finding's margin, error, interval and number of runs with every digit, in its unit, as `run --json` has them; for programs that read a page. */
export function answerDigits(found: ComparisonFinding | null): string | undefined {
  if (found === null || found.refusal !== null) return undefined;
  const { margin, se, low, high, worlds, unit } = found;
  const by = unit.factor;
  return JSON.stringify({ margin: margin / by, se: se / by, low: low / by, high: high / by, worlds });
}

/** What is found, where the page came without a picture of it: the verdict in a sentence, as soon as runs tell it. */

import { Show, type JSX } from "solid-js";
import { bare, hangingTexts } from "#internal.ts";
import type { Page } from "./page.ts";
import { answerDigits } from "./verdict-line.tsx";
import { VerdictMark } from "./verdict-mark.tsx";
import { headingSentence } from "./words.ts";

export function Finding(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const { model } = page;
  const told = (): ReturnType<Page["finding"]> => page.finding(page.settings.conclusion);
  const conclusion = () => model.conclusions.find((c) => c.name === page.settings.conclusion);
  return (
    <Show when={conclusion()}>
      {(c) => (
        <div
          class="lead"
          classList={{ stale: told()?.isFresh === false }}
          data-answer={answerDigits(told()?.value.comparison ?? null)}
        >
          <p class="lead-claim" dir="auto">
            {bare(c().label)}{" "}
            <Show when={told()} fallback={<span class="verdict unsure">the figures are being made: some seconds</span>}>
              {(t) => <VerdictMark verdict={t().value.verdict} refusal={t().value.comparison.refusal !== null} />}
            </Show>
          </p>
          <p class="say" aria-live="polite" dir="auto">
            <Show when={told()}>
              {(t) => <>{[headingSentence(model, t().value, page.isMine()), ...hangingTexts(t().value)].join(" ")}</>}
            </Show>
          </p>
        </div>
      )}
    </Show>
  );
}

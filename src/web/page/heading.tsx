/** The question, and the verdict of the view looked at, in a sentence with its conditions. */

import { Show, type JSX } from "solid-js";
import { bare } from "#internal.ts";
import type { Page } from "./page.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import { verdictSentence } from "./words.ts";

export function Heading(props: { readonly page: Page; readonly isHidden: boolean }): JSX.Element {
  const { page } = props;
  const { model } = page;
  const told = (): ReturnType<Page["finding"]> => page.finding(page.settings.conclusion);
  const conclusion = () => model.conclusions.find((c) => c.name === page.settings.conclusion);
  return (
    <header class="masthead">
      <p class="kicker">
        <strong>Casus</strong> <span>an argument you can move</span>
        <span>
          {[
            model.asOf === null ? "" : `as of ${monthWords(model.asOf)}`,
            model.modeller === null ? "" : `modelled by ${model.modeller}`,
            model.version === null ? "" : `version ${model.version}`,
            "not a forecast",
          ]
            .filter((t) => t !== "")
            .join(" · ")}
        </span>
      </p>
      <h1>{model.title}</h1>
      <Show when={!props.isHidden && conclusion()}>
        {(c) => (
          <div class="lead" classList={{ stale: told()?.isFresh === false }}>
            <p class="lead-claim">
              {bare(c().label)}
              <Show when={told()} fallback={<span class="verdict unsure">being run…</span>}>
                {(t) => <VerdictMark verdict={t().value.verdict} refusal={t().value.comparison.refusal !== null} />}
              </Show>
            </p>
            <p class="lead-sentence" aria-live="polite">
              <Show when={told()}>{(t) => <>{verdictSentence(model, t().value, page.isMine())}</>}</Show>
            </p>
          </div>
        )}
      </Show>
    </header>
  );
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `January 2022`. */
export function monthWords(iso: string): string {
  const [year = "", month, day] = iso.split("-");
  const name = month === undefined ? "" : `${months[Number(month) - 1] ?? ""} `;
  return `${day === undefined ? "" : `${Number(day)} `}${name}${year}`;
}

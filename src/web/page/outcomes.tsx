/** Every outcome of the case by option of the choice that is compared, under the view as it stands. */

import { createMemo, For, Show, type JSX } from "solid-js";
import {
  bare,
  inScale,
  leadOptionWords,
  outcomeHead,
  runsIn100,
  scaleOf,
  spaced,
  type OutcomeFinding,
} from "#internal.ts";
import type { Page } from "./page.ts";
import { fullLabel } from "./words.ts";

export default function Outcomes(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const along = () => page.model.choices.find((c) => c.name === page.settings.along);
  const columns = createMemo(() =>
    page.compared().map((choices) => {
      const shipped = page.isMine() ? null : page.outcomesIn(page.settings.view, choices);
      const told = page.course(choices);
      const outcomes = shipped ?? told?.value.outcomes ?? null;
      const bits = told?.isFresh === true ? told.value.bits : undefined;
      return { choices, outcomes, bits, isFresh: shipped !== null || told?.isFresh === true };
    }),
  );
  const heads = page.model.outcomes.map(outcomeHead);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Outcomes by choice">
      <table class="outcomes">
        <caption>
          {along() === undefined ? "Outcomes" : bare(along()?.label ?? "")}: chances as runs in 100, quantities as the
          middle run with the range of 90 runs in 100.
        </caption>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <For each={columns()}>
              {(c) => (
                <th scope="col" classList={{ stale: !c.isFresh }} data-bits={c.bits}>
                  {leadOptionWords(page.model, page.settings.along, c.choices[page.settings.along] ?? "")}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={heads}>
            {(head, row) => (
              <tr>
                <th scope="row">{bare(fullLabel(heads, row()))}</th>
                <For each={columns()}>
                  {(c) => (
                    <td classList={{ stale: !c.isFresh }}>
                      <Show when={c.outcomes?.[row()]} keyed fallback="…">
                        {(o) => <OutcomeCell head={head} finding={o} />}
                      </Show>
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

function OutcomeCell(props: {
  readonly head: ReturnType<typeof outcomeHead>;
  readonly finding: OutcomeFinding;
}): JSX.Element {
  const { summary, shares } = props.finding;
  if (props.head.kind === "truth") return <>{runsIn100(summary.mean)}</>;
  if (props.head.kind === "category")
    return (
      <ul class="shares">
        <For each={shares.filter((s) => s.chance >= 0.005)}>
          {(s) => (
            <li>
              {spaced(s.word)} {runsIn100(s.chance)}
            </li>
          )}
        </For>
      </ul>
    );
  const scale = scaleOf([summary.q50, summary.q95], props.head.unit);
  return (
    <>
      {inScale(summary.q50, scale)}{" "}
      <small>
        {inScale(summary.q05, scale)} to {inScale(summary.q95, scale)} {scale.unit}
      </small>
    </>
  );
}

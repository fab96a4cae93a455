/** In a classroom, before anything is shown: what readers believe of the claims that matter most, on sliders that say nothing yet, and what they are called. */

import { createSignal, For, type JSX } from "solid-js";
import { claimWords } from "#internal.ts";
import { withCredence } from "../credences.tsx";
import type { Page } from "../page.ts";
import type { ReaderName } from "../settings-file.ts";
import type { LeadStore } from "../state/lead-store.ts";

export function OwnView(props: {
  readonly page: Page;
  readonly store: LeadStore;
  readonly reader: ReaderName;
  readonly reveal: () => void;
}): JSX.Element {
  const { page, store } = props;
  const claims = store.claims();
  const [set, setSet] = createSignal<ReadonlyMap<string, number>>(new Map());
  const take = (): void => {
    for (const claim of claims) {
      const percent = set().get(claim);
      if (percent === undefined) continue;
      page.history.move({ credences: withCredence(page, claim, 0, percent / 100) }, "own view");
    }
    page.history.settle();
    props.reveal();
  };
  return (
    <section class="own-view" aria-labelledby="own-title">
      <h2 class="small-title" id="own-title">
        What do you believe?
      </h2>
      <p class="under">
        How far do you believe each of these? A slider that you leave alone stays where the first reading has it.
      </p>
      <ol class="top-claims">
        <For each={claims}>
          {(claim) => (
            <li class="top-claim">
              <label for={`own-${claim}`} dir="auto">
                {claimWords(page.model, claim)}.
              </label>
              <div class="slider-place" classList={{ blank: !set().has(claim) }}>
                <input
                  id={`own-${claim}`}
                  type="range"
                  min="0"
                  max="100"
                  step="1"
                  value={set().get(claim) ?? 50}
                  aria-valuetext={set().has(claim) ? `believed ${set().get(claim)} in 100` : "not set yet"}
                  onInput={(e) => setSet(new Map([...set(), [claim, e.currentTarget.valueAsNumber]]))}
                />
                <output for={`own-${claim}`}>{set().get(claim) ?? "–"}</output>
              </div>
            </li>
          )}
        </For>
      </ol>
      <label class="field own-name">
        <span>Your name, for the file you save</span>
        <input
          type="text"
          maxLength={60}
          autocomplete="off"
          value={props.reader.name()}
          onInput={(e) => props.reader.setName(e.currentTarget.value)}
        />
      </label>
      <button class="primary" onClick={take}>
        Show what follows
      </button>
    </section>
  );
}

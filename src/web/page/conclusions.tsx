/** Every conclusion of the case under every view, and the reader's: choose one to look at. */

import { createMemo, createSignal, For, onMount, Show, type JSX } from "solid-js";
import { bare, mindOf, verdicts } from "#internal.ts";
import type { Page } from "./page.ts";
import { comparedIn } from "./settings.ts";
import { VerdictMark } from "./verdict-mark.tsx";

const firstShown = 10;

export function Conclusions(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const [all, setAll] = createSignal(false);
  const shown = createMemo(() => (all() ? page.model.conclusions : page.model.conclusions.slice(0, firstShown)));
  onMount(() => page.wantAll(true));
  const look = (name: string): void =>
    page.history.move({ conclusion: name, ...comparedIn(page.model, name, page.settings) }, "conclusion");
  return (
    <section class="conclusions" aria-labelledby="conclusions-title">
      <h2 id="conclusions-title">Every conclusion, under every view</h2>
      <p class="under marks-key">
        <For each={verdicts}>{(v) => <VerdictMark verdict={v} />}</For>
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Verdicts by view">
        <table class="verdicts matrix">
          <caption class="visually-hidden">Verdicts: conclusions down, views across</caption>
          <thead>
            <tr>
              <th scope="col">Conclusion</th>
              <Show when={page.isMine()}>
                <th scope="col" class="mine">
                  Yours
                </th>
              </Show>
              <For each={page.views}>{(v) => <th scope="col">{shortName(mindOf(page.model, v).label)}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={shown()}>
              {(c) => (
                <tr classList={{ on: page.settings.conclusion === c.name }}>
                  <th scope="row">
                    <button
                      class="plain"
                      aria-pressed={page.settings.conclusion === c.name}
                      onClick={() => look(c.name)}
                    >
                      {bare(c.label)}
                    </button>
                    <Show when={c.of.length > 0}>
                      <span class="of"> {c.of.join(", ")}</span>
                    </Show>
                    <Show when={page.finding(c.name)?.value.builtIn ?? null}>
                      <span class="of" title="Built into the model: only its size is a finding">
                        {" "}
                        built in
                      </span>
                    </Show>
                  </th>
                  <Show when={page.isMine()}>
                    <td class="mine" classList={{ stale: page.finding(c.name)?.isFresh === false }}>
                      <Show when={page.finding(c.name)} fallback="…">
                        {(t) => (
                          <VerdictMark
                            verdict={t().value.verdict}
                            refusal={t().value.comparison.refusal !== null}
                            isShort={true}
                          />
                        )}
                      </Show>
                    </td>
                  </Show>
                  <For each={page.views}>
                    {(v) => (
                      <td>
                        <Show when={page.findingIn(v, c.name)} fallback="·">
                          {(f) => (
                            <VerdictMark
                              verdict={f().verdict}
                              refusal={f().comparison.refusal !== null}
                              isShort={true}
                            />
                          )}
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
      <Show when={page.model.conclusions.length > firstShown}>
        <button onClick={() => setAll(!all())}>
          {all() ? "Show fewer" : `Show all ${page.model.conclusions.length}`}
        </button>
      </Show>
    </section>
  );
}

/** A view's label up to its first comma or colon: what sets it apart from the others. */
function shortName(label: string): string {
  return bare(label).split(/[,:]/)[0] ?? label;
}

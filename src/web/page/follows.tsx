/** What follows: the curves and pictures of the choice that is compared, under the view as it stands. */

import { For, type JSX } from "solid-js";
import { bare, leadOptionWords } from "#internal.ts";
import { Curves } from "./curves.tsx";
import type { Page } from "./page.ts";

export function Follows(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const free = page.model.choices.filter((c) => c.options.length > 1);
  return (
    <section class="follows" aria-labelledby="follows-title">
      <h2 id="follows-title">What follows</h2>
      <div class="options">
        <For each={free.slice(0, 3)}>
          {(c) => (
            <label class="field">
              <span>{bare(c.label)}</span>
              <select
                onChange={(e) =>
                  page.history.move(
                    e.currentTarget.value === ""
                      ? { along: c.name }
                      : {
                          choices: { ...page.settings.choices, [c.name]: e.currentTarget.value },
                          ...(page.settings.along === c.name
                            ? { along: free.find((x) => x.name !== c.name)?.name ?? "" }
                            : {}),
                        },
                    `choice ${c.name}`,
                  )
                }
              >
                <option value="" selected={page.settings.along === c.name}>
                  compare all
                </option>
                <For each={c.options}>
                  {(o) => (
                    <option
                      value={o.name}
                      selected={page.settings.along !== c.name && page.settings.choices[c.name] === o.name}
                    >
                      {leadOptionWords(page.model, c.name, o.name)}
                    </option>
                  )}
                </For>
              </select>
            </label>
          )}
        </For>
      </div>
      <Curves page={page} />
    </section>
  );
}

/** What a careful reader asks last: what is left out, what may be said, where it comes from, where to reply. */

import { For, Show, type JSX } from "solid-js";
import { bare, listed, mindOf, small, type ConclusionFinding } from "#internal.ts";
import { printWhole } from "./near.tsx";
import type { Page } from "./page.ts";
import { saveText } from "./downloads.ts";
import { provenanceLine } from "./provenance.ts";

export function Foot(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const { model, data } = page;
  return (
    <footer class="foot">
      <SafeToSay page={page} />
      <section>
        <h2>What this leaves out</h2>
        <ul>
          <For each={model.leavesOut}>{(t) => <li>{t}</li>}</For>
          <li>The form of the model itself: another modeller would have drawn other lines.</li>
        </ul>
      </section>
      <section>
        <h2>Corrections and replies</h2>
        <ul>
          <For each={model.corrections} fallback={<li>Nothing has been corrected in this version.</li>}>
            {({ date, text }) => (
              <li>
                <time datetime={date}>{date}</time>: {text}
              </li>
            )}
          </For>
        </ul>
        <p>
          <Show
            when={data.reply}
            fallback="This page gives no address for replies. Your settings, saved as a file, show best what you would change."
          >
            {(reply) => (
              <>
                Replies:{" "}
                <a href={reply()} rel="noreferrer">
                  {reply().replace(/^mailto:/, "")}
                </a>
                . Your settings, saved as a file, show best what you would change.
              </>
            )}
          </Show>
        </p>
      </section>
      <section>
        <h2>How it was made</h2>
        <For each={model.notes}>{(n) => <p>{n}</p>}</For>
        <p class="provenance">{provenanceLine(page)}</p>
        <p class="keep">
          <button
            onClick={() => saveText(`${model.name}.casus`, data.documents.map((d) => d.text).join("\n"), "text/plain")}
          >
            Keep the case (text)
          </button>
          <button onClick={() => saveText(`${model.name}.json`, figuresJson(page), "application/json")}>
            Keep the figures (JSON)
          </button>
          <button onClick={() => void printWhole()}>Print</button>
        </p>
        <Show when={data.findings === null}>
          <p>The figures on this page are being made in this browser; nothing is sent anywhere.</p>
        </Show>
      </section>
    </footer>
  );
}

/** Everything told on the page under the view as it stands, every digit kept. */
function figuresJson(page: Page): string {
  const { model, settings } = page;
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Float64Array ? [...value] : typeof value === "number" && !Number.isFinite(value) ? null : value;
  return JSON.stringify(
    {
      schema: "casus/page-figures@1",
      note: "statements about a model, not a forecast",
      provenance: provenanceLine(page),
      settings: JSON.parse(JSON.stringify(settings)) as unknown,
      conclusions: model.conclusions.flatMap((c) => page.finding(c.name)?.value ?? []),
      courses: page.compared().flatMap((choices) => page.course(choices)?.value ?? []),
    },
    plain,
    2,
  );
}

function SafeToSay(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const { model } = page;
  const by = (name: string): readonly ConclusionFinding[] => page.views.flatMap((v) => page.findingIn(v, name) ?? []);
  const safe = () =>
    model.conclusions.filter((c) => {
      const found = by(c.name);
      return found.length > 0 && found.every((f) => f.verdict === "holds" && f.builtIn === null);
    });
  const underWords = (found: readonly ConclusionFinding[]): string =>
    found.length > 1
      ? `each of its ${found.length} readings`
      : listed(found.map((f) => (f.view === "case" ? "the case's own figures" : `“${mindOf(model, f.view).label}”`)));
  const author = page.views[0] ?? "case";
  const unsupported = () =>
    model.conclusions.filter((c) => {
      const own = page.findingIn(author, c.name);
      return own !== null && (own.verdict === "fails" || own.verdict === "no material difference");
    });
  return (
    <section>
      <h2>What may be said</h2>
      <div class="say-columns">
        <div>
          <h3>Safe to say</h3>
          <p class="under">Of this model: what holds under each view of this page.</p>
          <ul>
            <For each={safe()} fallback={<li>No conclusion holds under each view.</li>}>
              {(c) => (
                <li>
                  In a model of this argument, under {underWords(by(c.name))}: {small(bare(c.label))}.
                </li>
              )}
            </For>
          </ul>
        </div>
        <div>
          <h3>Not supported</h3>
          <p class="under">
            Not even under {author === "case" ? "the case's own figures" : `“${mindOf(model, author).label}”`}.
          </p>
          <ul>
            <For each={unsupported()} fallback={<li>None of its conclusions fails under it.</li>}>
              {(c) => (
                <li>
                  “{bare(c.label)}”: {page.findingIn(author, c.name)?.verdict}
                  {c.of.length > 0 ? ` (${listed([...c.of])})` : ""}.
                </li>
              )}
            </For>
          </ul>
          <p>
            The page does not support that any of this will happen, or how likely it is: it counts runs of a model, not
            futures.
          </p>
        </div>
      </div>
    </section>
  );
}

/** Settings files of several readers, a class of them too: what each would conclude, and over which claims they part. */

import { createSignal, For, Show, type JSX } from "solid-js";
import { figureShort } from "./words.ts";
import {
  claimWords,
  figureValue,
  mindOf,
  sideLabels,
  quantileOfSorted,
  type Claim,
  type ConclusionFinding,
} from "#internal.ts";
import type { Page } from "./page.ts";
import { readSettingsFile } from "./settings-file.ts";
import { settle } from "./settle.ts";
import type { Settings, Stance } from "./settings.ts";
import { credencesUnder } from "./credences.tsx";
import { VerdictMark } from "./verdict-mark.tsx";

/** A large class; more would not fit next to each other. */
const mostReaders = 40;
/** Up to here each reader has a column of their own. */
const mostColumns = 6;

interface Reader {
  readonly name: string;
  readonly stance: Stance;
  /** Of the first figure, in base units; null where none was made. */
  readonly guess: number | null;
  readonly finding: ConclusionFinding | null;
}

export default function Readers(props: { readonly page: Page; readonly first: Settings }): JSX.Element {
  const { page } = props;
  const [readers, setReaders] = createSignal<readonly Reader[]>([]);
  const [said, setSaid] = createSignal("");
  const take = async (files: readonly File[]): Promise<void> => {
    const left = mostReaders - readers().length;
    setSaid(
      files.length > left ? `${mostReaders} readers stand side by side; ${files.length - left} were left out.` : "",
    );
    for (const file of files.slice(0, Math.max(0, left))) {
      try {
        const given = await readSettingsFile(file, page.model.name);
        if (given.documents !== null)
          throw new Error("it is of a changed text, whose figures cannot be compared with these");
        const { settings } = settle(page.model, page.views, given.settings, props.first);
        const stance = { view: settings.view, credences: settings.credences, distributions: settings.distributions };
        const name = given.reader ?? file.name.replace(/(-settings)?\.json$/, "");
        setReaders((r) => [...r, { name, stance, guess: given.guess, finding: null }]);
        const finding = await page.findingOf(stance, page.settings.conclusion);
        setReaders((r) => r.map((x) => (x.stance === stance ? { ...x, finding } : x)));
      } catch (error) {
        setSaid(`${file.name} was not opened: ${error instanceof Error ? error.message : String(error)}.`);
      }
    }
  };
  const parted = () =>
    page.model.claims
      .map((claim) => {
        const all = readers().map((r) => credencesUnder(page, r.stance, claim.name)[0] ?? 0);
        return { claim, all, spread: Math.max(...all) - Math.min(...all) };
      })
      .filter((row) => row.spread > 0.005)
      .toSorted((a, b) => b.spread - a.spread)
      .slice(0, 12);
  return (
    <>
      <p class="under">
        Each reader saves their settings as a file; open several here to see where they disagree. They stay in this
        browser.
      </p>
      <label class="button">
        Open readers’ files
        <input
          class="visually-hidden"
          type="file"
          multiple
          accept="application/json,.json"
          onChange={(e) => void take([...(e.currentTarget.files ?? [])])}
        />
      </label>
      <p role="status">{said()}</p>
      <Show when={readers().length > 1}>
        <Spread page={page} readers={readers()} rows={parted()} />
      </Show>
      <Show when={readers().length > 0 && readers().length <= mostColumns}>
        <div class="scroll" tabIndex={0} role="region" aria-label="Readers side by side">
          <table class="verdicts">
            <caption class="visually-hidden">Readers side by side</caption>
            <thead>
              <tr>
                <th scope="col" />
                <For each={readers()}>{(r) => <th scope="col">{r.name}</th>}</For>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">Began from</th>
                <For each={readers()}>{(r) => <td>{mindOf(page.model, r.stance.view).label}</td>}</For>
              </tr>
              <tr>
                <th scope="row">Verdict</th>
                <For each={readers()}>
                  {(r) => (
                    <td>
                      <Show when={r.finding} fallback="being run…">
                        {(f) => (
                          <>
                            <VerdictMark verdict={f().verdict} refusal={f().comparison.refusal !== null} />{" "}
                            {f()
                              .comparison.figures.slice(0, 2)
                              .map((x) => figureShort(x, f()))
                              .join(" / ")}
                          </>
                        )}
                      </Show>
                    </td>
                  )}
                </For>
              </tr>
              <For each={parted()}>
                {(row) => (
                  <tr>
                    <th scope="row">
                      {row.claim.name} {row.claim.label}
                    </th>
                    <For each={row.all}>{(v) => <td>{Math.round(100 * v)}</td>}</For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
    </>
  );
}

interface Parted {
  readonly claim: Claim;
  readonly all: readonly number[];
}

/** Where they disagree: a line for each claim with a dot for each reader, the widest first; and how many reach which verdict. */
function Spread(props: {
  readonly page: Page;
  readonly readers: readonly Reader[];
  readonly rows: readonly Parted[];
}): JSX.Element {
  const verdicts = (): readonly (readonly [string, readonly string[]])[] => {
    const by = new Map<string, string[]>();
    for (const { finding, name } of props.readers)
      if (finding !== null) by.set(finding.verdict, [...(by.get(finding.verdict) ?? []), name]);
    return [...by].toSorted((a, b) => b[1].length - a[1].length);
  };
  const middle = (all: readonly number[]): number => quantileOfSorted(Float64Array.from(all).sort(), 0.5);
  const guesses = (): string | null => {
    const store = props.page.lead();
    const all = props.readers.flatMap((r) => r.guess ?? []);
    if (store === null || all.length === 0) return null;
    const { plan } = store.lead;
    const told = (value: number): string => figureValue(props.page.model, plan, value, all);
    return `Guessed of “${sideLabels(props.page.model, plan)[0] ?? ""}”, by ${all.length}: ${told(Math.min(...all))} to ${told(Math.max(...all))}, middle ${told(middle(all))}; found: ${told(store.begun().figures[0] ?? Number.NaN)}.`;
  };
  return (
    <section class="spread" aria-label="Where the readers disagree">
      <h3>Where {props.readers.length} readers disagree</h3>
      <ul>
        <For each={verdicts()}>
          {([verdict, names]) => (
            <li>
              <strong>
                {names.length} of {props.readers.length}
              </strong>{" "}
              find: {verdict} <span class="under">({names.join(", ")})</span>
            </li>
          )}
        </For>
        <Show when={guesses()}>{(text) => <li>{text()}</li>}</Show>
      </ul>
      <ol class="spread-rows">
        <For each={props.rows} fallback={<li>They believe the same of every claim.</li>}>
          {({ claim, all }) => (
            <li>
              <span dir="auto">{claimWords(props.page.model, claim.name)}</span>
              <svg class="spread-dots" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="reading-ground" x="0" y="3.6" width="100" height="0.8" />
                <For each={all}>
                  {(v) => <rect class="spread-dot" x={100 * v - 0.4} y="0.5" width="0.8" height="7" />}
                </For>
              </svg>
              <span>
                {Math.round(100 * Math.min(...all))} to {Math.round(100 * Math.max(...all))}, middle{" "}
                {Math.round(100 * middle(all))}
              </span>
            </li>
          )}
        </For>
      </ol>
    </section>
  );
}

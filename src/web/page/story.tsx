/** One simulated run as a story: how people understand two thousand. The same draws as `casus tell` reports. */

import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, type Accessor, type JSX } from "solid-js";
import {
  bare,
  claimWords,
  findWorld,
  plainSituation,
  sideLabels,
  storyLines,
  storyOutcomes,
  storyState,
  tellStory,
  type Expression,
  type Situation,
  type Story,
  type StoryLine,
} from "#internal.ts";
import type { Light } from "./claims.tsx";
import type { Page } from "./page.ts";

/** Runs among which the page chooses the one it begins with. */
const looked = 12;

/** Runs looked at for one of the kind asked for. */
const mostTried = 400;

export default function StoryView(props: { readonly page: Page; readonly light: Light }): JSX.Element {
  const { page } = props;
  const { model, data } = page;
  const plan = createMemo(() => page.lead()?.lead.plan ?? null);
  const labels = createMemo(() => {
    const now = plan();
    return now === null ? [] : sideLabels(model, now);
  });
  const truths = model.outcomes.filter((o) => o.isTruth && !o.label.startsWith("…")).slice(0, 8);
  const [side, setSide] = createSignal(0);
  const [kind, setKind] = createSignal("any");
  /** The first run looked at; null for the one that the page chooses. */
  const [from, setFrom] = createSignal<number | null>(null);
  const situation = createMemo(() => plan()?.sides[side()]?.situation ?? plainSituation(page.settings.choices));
  const where = (): Expression | null => {
    const name = kind().replace(/^not /, "");
    if (kind() === "any") return null;
    const is: Expression = { op: "outcome", name };
    return kind().startsWith("not ") ? { op: "unary", operator: "not", operand: is } : is;
  };
  const chosen = fullestOf(page, situation);
  const found = createMemo((): Story | string => {
    const asked = { view: page.settings.view, situation: situation(), seed: data.seed };
    const condition = where();
    try {
      const world =
        condition === null ? (from() ?? chosen()) : findWorld(model, asked, condition, from() ?? 0, mostTried)?.world;
      if (world === null) return `The first ${looked} runs are being looked at…`;
      if (world === undefined) return `None of the next ${mostTried} runs is of that kind.`;
      return tellStory(model, { ...asked, world });
    } catch (error) {
      return `This run could not be told: ${error instanceof Error ? error.message : String(error)}.`;
    }
  });
  const story = (): Story | null => {
    const now = found();
    return typeof now === "string" ? null : now;
  };
  const trouble = (): string => {
    const now = found();
    return typeof now === "string" ? now : "";
  };
  const another = (): void => void setFrom((story()?.world ?? (from() ?? 0) + mostTried - 1) + 1);
  return (
    <>
      <div class="story-tools">
        <Show when={labels().length > 1}>
          <label class="field">
            <span>A run with</span>
            <select onChange={(e) => setSide(Number(e.currentTarget.value))}>
              <For each={labels()}>{(l, i) => <option value={i()}>{l}</option>}</For>
            </select>
          </label>
        </Show>
        <Show when={truths.length > 0}>
          <label class="field">
            <span>of which it is so that</span>
            <select
              onChange={(e) => {
                setFrom(null);
                setKind(e.currentTarget.value);
              }}
            >
              <option value="any">anything happens</option>
              <For each={truths}>
                {(o) => (
                  <>
                    <option value={o.name}>{bare(o.label)}</option>
                    <option value={`not ${o.name}`}>not: {bare(o.label)}</option>
                  </>
                )}
              </For>
            </select>
          </label>
        </Show>
        <button onClick={another}>Another run</button>
      </div>
      <Show
        when={story()}
        fallback={
          <p class="under" classList={{ waiting: kind() === "any" && from() === null && chosen() === null }}>
            {trouble()}
          </p>
        }
      >
        {(s) => (
          <>
            <p class="under">
              Run {s().world}
              {kind() === "any" && from() === null ? `, the one of the first ${looked} in which most happens` : ""},
              drawn from the reading you began from. One run of a model, not a forecast.
            </p>
            <ol class="story-lines">
              <For each={withReasonsOnce(storyLines(model, s()))} fallback={<li>Nothing happens in this run.</li>}>
                {(line) => (
                  <li
                    onPointerEnter={() => props.light.setLit(line.claims)}
                    onPointerLeave={() => props.light.setLit([])}
                  >
                    <time>{line.when}</time>
                    <div>
                      <p dir="auto">{line.what}</p>
                      <Show when={line.why !== ""}>
                        <p class="under">{line.why}</p>
                      </Show>
                    </div>
                  </li>
                )}
              </For>
            </ol>
            <details class="beside-fold">
              <summary>How it ended, and what was true in it</summary>
              <ul>
                <For each={storyState(model, s())}>
                  {(x) => (
                    <li>
                      {x.label}: {x.at.map((a) => `${a.value} (${a.when})`).join(", ")}
                    </li>
                  )}
                </For>
                <For each={storyOutcomes(model, s()).slice(0, 12)}>
                  {(o) => (
                    <li>
                      {o.label}: {o.value}
                    </li>
                  )}
                </For>
              </ul>
              <p class="under">
                True in it:{" "}
                {s()
                  .claims.filter((c) => c.isTrue)
                  .map((c) => claimWords(model, c.name))
                  .join("; ")}
                .
              </p>
            </details>
          </>
        )}
      </Show>
    </>
  );
}

/** What happens again for the same reasons does not give them again. */
function withReasonsOnce(lines: readonly StoryLine[]): readonly StoryLine[] {
  return lines.map((line, i) => (lines.findIndex((l) => l.why === line.why) < i ? { ...line, why: "" } : line));
}

/** The run in which most happens, of the first few; null while they are looked at, one in each turn of the browser. */
function fullestOf(page: Page, situation: Accessor<Situation>): Accessor<number | null> {
  const [chosen, choose] = createSignal<number | null>(null);
  createEffect(
    on([situation, () => page.settings.view], ([of, view]) => {
      choose(null);
      let best = { world: 0, happenings: -1 };
      let timer: ReturnType<typeof setTimeout>;
      const look = (world: number): void => {
        try {
          const told = tellStory(page.model, { view, situation: of, seed: page.data.seed, world });
          if (told.happenings.length > best.happenings) best = { world, happenings: told.happenings.length };
        } catch {
          // A run that cannot be shown as a story is not chosen; asked for, it says why.
        }
        if (world + 1 < looked) timer = setTimeout(() => look(world + 1));
        else choose(best.world);
      };
      timer = setTimeout(() => look(0));
      onCleanup(() => clearTimeout(timer));
    }),
  );
  return chosen;
}

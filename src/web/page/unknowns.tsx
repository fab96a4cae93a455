/** What nobody knows: each quantity with its range of 90 in 100, where its figures come from, and two boxes to believe it otherwise. */

import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import { bare, mindOf, type Distribution, type Unknown } from "#internal.ts";
import type { Page } from "./page.ts";

interface Range {
  readonly family: "normal" | "lognormal" | "logitnormal";
  readonly low: number;
  readonly high: number;
}

/** The two ends of a plain 90 % interval; null for any other distribution. */
function rangeOf(d: Distribution | undefined): Range | null {
  return d?.kind === "interval" && d.low.op === "const" && d.high.op === "const"
    ? { family: d.family, low: d.low.value, high: d.high.value }
    : null;
}

export default function Unknowns(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const [sought, setSought] = createSignal("");
  const shown = createMemo(() => {
    const words = sought().toLowerCase();
    return page.model.unknowns.filter((u) => `${u.name} ${u.label}`.toLowerCase().includes(words));
  });
  return (
    <>
      <label class="field">
        <span>Find one of {page.model.unknowns.length}</span>
        <input type="search" value={sought()} onInput={(e) => setSought(e.currentTarget.value)} />
      </label>
      <ul class="unknowns">
        <For each={shown()}>{(u) => <UnknownRow page={page} unknown={u} />}</For>
      </ul>
    </>
  );
}

function UnknownRow(props: { readonly page: Page; readonly unknown: Unknown }): JSX.Element {
  const { page, unknown } = props;
  const begun = () => mindOf(page.model, page.settings.view).distributions[unknown.name];
  const now = () => rangeOf(page.settings.distributions[unknown.name] ?? begun());
  const isShare = unknown.unit.label === "share";
  const factor = isShare ? 0.01 : unknown.unit.factor;
  const shown = (value: number): number => Number((value / factor).toPrecision(4));
  const [said, setSaid] = createSignal("");
  const set = (end: "low" | "high", value: number): void => {
    const old = now();
    if (old === null) return;
    const next = { ...old, [end]: value * factor };
    const wrong = whatIsWrong(next);
    setSaid(wrong ?? "");
    if (wrong !== null) return;
    page.history.move(
      {
        distributions: {
          ...page.settings.distributions,
          [unknown.name]: {
            kind: "interval",
            family: next.family,
            low: { op: "const", value: next.low },
            high: { op: "const", value: next.high },
          },
        },
      },
      `unknown ${unknown.name}`,
    );
    page.history.settle();
  };
  const back = (): void => {
    const others = Object.entries(page.settings.distributions).filter(([name]) => name !== unknown.name);
    page.history.move({ distributions: Object.fromEntries(others) }, `unknown ${unknown.name}`);
    page.history.settle();
  };
  return (
    <li class="unknown">
      <p>
        {bare(unknown.label)} <span class="under">{isShare ? "in 100" : unknown.unit.label}</span>
      </p>
      <Show when={now()} fallback={<p class="under">not a plain range: change it in the text of the case</p>}>
        {(range) => (
          <p class="range">
            <End of={unknown.name} which="low" value={shown(range().low)} set={set} />
            to
            <End of={unknown.name} which="high" value={shown(range().high)} set={set} />
            <Show when={page.settings.distributions[unknown.name] !== undefined}>
              <button class="back" aria-label={`Set ${unknown.name} back`} onClick={back}>
                ↺
              </button>
            </Show>
          </p>
        )}
      </Show>
      <Show when={said() !== ""}>
        <p class="under" role="alert">
          {said()}
        </p>
      </Show>
      <For each={unknown.provenance}>
        {(p) => (
          <p class="citation">{p.kind === "cited" ? p.citation : `Judged${p.why === null ? "." : `: ${p.why}`}`}</p>
        )}
      </For>
    </li>
  );
}

/** One end of a range, as a number that can be written over. */
function End(props: {
  readonly of: string;
  readonly which: "low" | "high";
  readonly value: number;
  readonly set: (which: "low" | "high", value: number) => void;
}): JSX.Element {
  return (
    <label>
      <span class="visually-hidden">
        {props.of}, {props.which} end
      </span>
      <input
        class="box"
        type="number"
        step="any"
        value={props.value}
        onChange={(e) => props.set(props.which, e.currentTarget.valueAsNumber)}
      />
    </label>
  );
}

function whatIsWrong(range: Range): string | null {
  if (!Number.isFinite(range.low) || !Number.isFinite(range.high)) return "Write two numbers.";
  if (!(range.low < range.high)) return "The low end must lie below the high end.";
  if (range.family !== "normal" && !(range.low > 0)) return "Its low end must lie above 0.";
  if (range.family === "logitnormal" && !(range.high < 1)) return "A share lies below 100.";
  return null;
}

/** The claims in the case's order, side by side, each with what it says, where, of what kind, and how far it is believed. */

import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import { listed, locatorText, mindOf, spaced, type Claim } from "#internal.ts";
import { Credences } from "./credences.tsx";
import type { Page } from "./page.ts";
import { Passages, type ShownPassage, PassageDrop } from "./passages.tsx";
import { kindWords } from "./words.ts";

export interface Light {
  /** Names of claims, stocks, events that are pointed at. */
  readonly lit: () => readonly string[];
  readonly setLit: (names: readonly string[]) => void;
}

export function Claims(props: { readonly page: Page; readonly light: Light }): JSX.Element {
  const { page } = props;
  const [passages, setPassages] = createSignal<ReadonlyMap<string, readonly ShownPassage[]>>(new Map());
  const sides = createMemo(() => {
    const names = [...new Set(page.model.claims.map((c) => c.side))];
    return names.map((side) => ({ side, claims: page.model.claims.filter((c) => c.side === side) }));
  });
  return (
    <section id="claims" class="claims" aria-labelledby="claims-title">
      <h2 id="claims-title">The claims</h2>
      <p class="under">
        How far do you believe each? At 100 it is true in every simulated run, at 0 in none. The mark on a slider is the
        view you started from.
      </p>
      <PassageDrop model={page.model} found={setPassages} />
      <For each={sides()}>
        {(group) => (
          <section class="side" aria-label={sideWords(group.side)}>
            <h3 class="side-title">{sideWords(group.side)}</h3>
            <ol class="claim-list">
              <For each={group.claims}>
                {(claim) => (
                  <ClaimRow page={page} light={props.light} claim={claim} passages={passages().get(claim.name) ?? []} />
                )}
              </For>
            </ol>
          </section>
        )}
      </For>
    </section>
  );
}

function ClaimRow(props: {
  readonly page: Page;
  readonly light: Light;
  readonly claim: Claim;
  readonly passages: readonly ShownPassage[];
}): JSX.Element {
  const { claim } = props;
  const isLit = (): boolean => props.light.lit().includes(claim.name);
  const { model } = props.page;
  const group = model.groups.find((g) => g.claims.includes(claim.name));
  const moves = claim.isGate || model.claims.some((c) => c.isGate && group?.claims.includes(c.name) === true);
  const isAside = (): boolean => {
    const store = props.page.lead();
    return store !== null && store.lead.follows !== null && !store.begun().shares.has(claim.name);
  };
  return (
    <li
      class="claim"
      classList={{ lit: isLit() }}
      id={`claim-${claim.name}`}
      onPointerEnter={() => props.light.setLit([claim.name])}
      onPointerLeave={() => props.light.setLit([])}
      onFocusIn={() => props.light.setLit([claim.name])}
      onFocusOut={() => props.light.setLit([])}
    >
      <p class="claim-text">
        <span class="claim-name">{claim.name}</span> {claim.label}
      </p>
      <p class="claim-facts">
        <For each={claim.kinds}>{(kind) => <span class="tag">{kindWords[kind]}</span>}</For>
        <For each={claim.locators}>
          {(l) => (
            <span class="locator" title={`In ${l.source}, ${locatorText(l)}`}>
              {locatorText(l)}
            </span>
          )}
        </For>
        <Evidence page={props.page} claim={claim} />
        <Show when={!moves && props.page.model.conclusions.length > 0}>
          <span class="tag quiet">moves nothing here</span>
        </Show>
        <Show when={moves && isAside()}>
          <span
            class="tag quiet"
            title="What is counted in the picture does not follow from it: it moves other figures."
          >
            not in the first picture
          </span>
        </Show>
        <Show when={group}>
          {(g) => (
            <span
              class="tag quiet"
              title="At most one of them is true in a run: raising one makes the others give way."
            >
              excludes{" "}
              {g()
                .claims.filter((c) => c !== claim.name)
                .join(", ")}
            </span>
          )}
        </Show>
      </p>
      <Passages passages={props.passages} />
      <Show when={moves} fallback={<p class="under">{idleWords(props.page, claim)}</p>}>
        <Credences page={props.page} claim={claim} />
      </Show>
      <Show when={claim.notes.length + claim.citations.length > 0}>
        <details class="claim-notes">
          <summary>Notes and sources</summary>
          <For each={claim.notes}>{(note) => <p>{note}</p>}</For>
          <For each={claim.citations}>{(c) => <p class="citation">{c}</p>}</For>
        </details>
      </Show>
    </li>
  );
}

/** Why a claim has no slider: how far it is believed changes no simulated run. */
function idleWords({ model, settings }: Page, { name }: Claim): string {
  const [row] = mindOf(model, settings.view).credences[name] ?? [];
  const believed = row === undefined ? "" : `Believed ${Math.round(100 * row.credence)} in 100. `;
  const uses = [
    ...(model.tests.some((t) => t.of === name) ? ["it is tested on past cases"] : []),
    ...(model.forecasts.some((f) => f.of === name) ? ["its forecasts are compared with what came"] : []),
  ];
  return `${believed}No slider: nothing that is simulated depends on it${uses.length > 0 ? `; ${listed(uses)}` : ""}.`;
}

/** What the record or time has said of a claim, as far as the case tests it. */
function Evidence(props: { readonly page: Page; readonly claim: Claim }): JSX.Element {
  const { tests, forecasts } = props.page.model;
  const own = tests.filter((t) => t.of === props.claim.name);
  const foretold = forecasts.filter((f) => f.of === props.claim.name);
  const settled = foretold.filter((f) => f.state === "came true" || f.state === "came false");
  return (
    <>
      <Show when={own.length > 0}>
        <a class="tag evidence" href="#record">
          tested on the record
        </a>
      </Show>
      <Show when={settled.length > 0}>
        <a class="tag evidence" href="#record">
          {settled.every((f) => f.state === "came true")
            ? "foretold, came true"
            : settled.every((f) => f.state === "came false")
              ? "foretold, came false"
              : "foretold, came true in part"}
        </a>
      </Show>
      <Show when={own.length === 0 && settled.length === 0 && props.claim.citations.length > 0}>
        <span class="tag evidence">cited</span>
      </Show>
    </>
  );
}

function sideWords(side: string | null): string {
  return side === null ? "The claims" : `Claims: ${spaced(side)}`;
}

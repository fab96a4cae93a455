/** How it gets there: the chain as a picture whose arrows light their claims, and as a list of steps. */

import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from "solid-js";
import { chainChart, chainChartData, chainNote, claimWords, narrowestChain, shareWords } from "#internal.ts";
import type { Light } from "../claims.tsx";
import type { Page } from "../page.ts";
import type { LeadStore } from "../state/lead-store.ts";
import { DrawnPicture } from "./drawn.tsx";

/** Claims shown in a step of the list, where they work first. */
const mostInStep = 2;

export function ChainView(props: {
  readonly page: Page;
  readonly store: LeadStore;
  readonly light: Light;
}): JSX.Element {
  const { page, store, light } = props;
  const data = createMemo(() => chainChartData(page.model, store.lead, store.state(), []));
  const [root, setRoot] = createSignal<SVGElement | null>(null);
  const claimsOf = (arrow: string | null): readonly string[] => {
    const [from, to] = (arrow ?? "").split(" ");
    return data()?.arrows.find((a) => a.from === from && a.to === to)?.claims ?? [];
  };
  createEffect(
    on([root, light.lit], ([drawn, lit]) => {
      for (const arrow of drawn?.querySelectorAll("[data-arrow]") ?? [])
        arrow.classList.toggle(
          "lit",
          claimsOf(arrow.getAttribute("data-arrow")).some((c) => lit.includes(c)),
        );
    }),
  );
  /** By step of the list: the claims that carry most on the ways into it, each where it is met first. */
  const steps = createMemo(() => {
    const { nodes = [], arrows = [] } = data() ?? {};
    const weight = (claim: string): number => Math.abs(store.begun().shares.get(claim) ?? 0);
    const known = new Set<string>();
    return nodes
      .filter((n) => arrows.some((a) => a.to === n.id))
      .map((node) => {
        const all = new Set(arrows.filter((a) => a.to === node.id).flatMap((a) => a.claims));
        const claims = [...all]
          .filter((c) => !known.has(c))
          .toSorted((a, b) => weight(b) - weight(a))
          .slice(0, mostInStep);
        for (const claim of claims) known.add(claim);
        return { node, claims };
      });
  });
  const pointed = (target: EventTarget | null): readonly string[] =>
    claimsOf(target instanceof Element ? (target.closest("[data-arrow]")?.getAttribute("data-arrow") ?? null) : null);
  return (
    <Show when={data()}>
      {(d) => (
        <section class="chain-place" aria-labelledby="chain-title">
          <h2 class="small-title" id="chain-title">
            How it gets there
          </h2>
          <div
            class="chain-drawn"
            onPointerOver={(e) => light.setLit(pointed(e.target))}
            onPointerLeave={() => light.setLit([])}
          >
            <DrawnPicture draw={(width) => (width < narrowestChain ? null : chainChart(d(), width))} drawn={setRoot} />
          </div>
          <p class="under on-arrows">{chainNote(page.model, store.lead, d())}</p>
          <details class="chain-as-list" open={matchMedia("(max-width: 47.99rem)").matches}>
            <summary>The steps as a list</summary>
            <ol class="chain-list">
              <For each={steps()}>
                {({ node, claims }) => (
                  <li
                    class="chain-step"
                    classList={{
                      lit: d().arrows.some((a) => a.to === node.id && a.claims.some((c) => light.lit().includes(c))),
                    }}
                  >
                    <p dir="auto">
                      {node.label}{" "}
                      <For each={node.values}>
                        {(v, side) => (
                          <Show when={v}>
                            <strong class={`side-${side()}`}>{v} </strong>
                          </Show>
                        )}
                      </For>
                    </p>
                    <For each={claims}>
                      {(claim) => (
                        <button
                          class="step-claim plain"
                          onFocus={() => light.setLit([claim])}
                          onBlur={() => light.setLit([])}
                          onPointerEnter={() => light.setLit([claim])}
                          onPointerLeave={() => light.setLit([])}
                          onClick={() => document.getElementById(`top-${claim}`)?.focus()}
                        >
                          {claimWords(page.model, claim)}
                          {" · "}
                          {shareWords(
                            page.model,
                            store.lead,
                            store.state().shares.get(claim) ?? 0,
                            store.state().figures,
                          )}
                        </button>
                      )}
                    </For>
                  </li>
                )}
              </For>
            </ol>
          </details>
        </section>
      )}
    </Show>
  );
}

/** What moves what: the causal picture, lit by the claim that is pointed at, and lighting the claims of what is pointed at; and the same as a list. */

import { createEffect, createMemo, createSignal, For, on, type JSX } from "solid-js";
import { causalList, causalPicture } from "#internal.ts";
import { domOf } from "./node-view.tsx";
import type { Light } from "./claims.tsx";
import type { Page } from "./page.ts";

/** Drawn at first, and when the reader asks for more. */
const fewParts = 11;
const manyParts = 24;

export default function CausalView(props: { readonly page: Page; readonly light: Light }): JSX.Element {
  const { page, light } = props;
  const [width, setWidth] = createSignal(0);
  const [most, setMost] = createSignal(fewParts);
  const drawn = createMemo(() => {
    if (width() < 40) return null;
    const head = { id: "causal", title: "", subtitle: "", caption: "" };
    const root = domOf(causalPicture(page.model, head, Math.min(1100, width()), most()).root) as SVGElement;
    root.addEventListener("pointerover", (e) => light.setLit(claimsOf(e.target)));
    root.addEventListener("pointerleave", () => light.setLit([]));
    return root;
  });
  const measure = (element: HTMLElement): void => {
    const take = (): void => void setWidth(Math.floor(element.clientWidth));
    queueMicrotask(take);
    new ResizeObserver(take).observe(element);
  };
  createEffect(
    on([drawn, light.lit], ([root, lit]) => {
      if (root === null) return;
      root.classList.toggle("is-lighting", lit.length > 0);
      for (const part of root.querySelectorAll("[data-claims]"))
        part.classList.toggle(
          "lit",
          claimsOf(part).some((c) => lit.includes(c)),
        );
    }),
  );
  const list = causalList(page.model);
  return (
    <>
      <figure class="chart causal" ref={measure}>
        {drawn()}
      </figure>
      <button onClick={() => setMost(most() === fewParts ? manyParts : fewParts)}>
        {most() === fewParts ? "Draw more of its parts" : "Draw fewer"}
      </button>
      <details class="causal-list">
        <summary>The same as a list</summary>
        <ul>
          <For each={list}>
            {(entry) => (
              <li
                tabIndex={0}
                onFocus={() => light.setLit(entry.switchedBy)}
                onBlur={() => light.setLit([])}
                onPointerEnter={() => light.setLit(entry.switchedBy)}
                onPointerLeave={() => light.setLit([])}
              >
                <strong>{entry.label}</strong>
                {entry.movedBy.length > 0 ? `, moved by ${entry.movedBy.join("; ")}` : ""}
                {entry.switchedBy.length > 0 ? `. Claims that switch part of it: ${entry.switchedBy.join(", ")}` : ""}.
              </li>
            )}
          </For>
        </ul>
      </details>
    </>
  );
}

/** The claims named on the nearest part around what is pointed at. */
function claimsOf(target: EventTarget | null): readonly string[] {
  const part = target instanceof Element ? target.closest("[data-claims]") : null;
  return (part?.getAttribute("data-claims") ?? "").split(/[\s,]+/).filter((c) => c !== "");
}

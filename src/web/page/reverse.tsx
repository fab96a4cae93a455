/** What would reverse the verdict: how far each claim would have to be believed, and how much hangs on it. */

import { createMemo, For, Show, type JSX } from "solid-js";
import {
  flipStrips,
  flipTable,
  judge,
  listed,
  tornado,
  tornadoTable,
  turnsOf,
  type ChartHead,
  type Expression,
  type FlipData,
  type TornadoData,
} from "#casus.ts";
import { Chart } from "./chart.tsx";
import type { Page } from "./page.ts";
import { provenanceLine } from "./provenance.ts";

/** Claims drawn, those on which most hangs first. */
const mostDrawn = 12;

export default function Reverse(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const conclusion = () => page.model.conclusions.find((c) => c.name === page.settings.conclusion);
  const told = createMemo(() => {
    const found = page.ends();
    const of = conclusion();
    if (found === null || of === undefined) return null;
    const { figures, threshold, unit } = of.comparison;
    // A difference of plain means or chances, none of them given a condition or pinned to the claim itself, is a line in one credence.
    const isPlain = figures.every((f) => f.given === null && f.statistic !== "quantile");
    const pinned = new Set(figures.flatMap((f) => Object.keys(f.intervention.claims)));
    const isLinear = isPlain && isDifference(of.comparison.margin);
    const rows = found.value
      .filter((e) => Number.isFinite(e.off) && Number.isFinite(e.on) && !pinned.has(e.claim))
      .map((e) => ({ ...e, turns: turnsOf(e, threshold, isLinear) }))
      .toSorted((a, b) => Math.abs(b.on - b.off) - Math.abs(a.on - a.off));
    return { rows, threshold, unit, isFresh: found.isFresh, isLinear };
  });
  const label = (claim: string): string => page.model.claims.find((c) => c.name === claim)?.label ?? claim;
  const now = () => page.finding(page.settings.conclusion)?.value ?? null;
  const head = (id: string, title: string, subtitle: string): ChartHead => ({
    id,
    title,
    subtitle,
    caption: provenanceLine(page),
  });
  const flips = (): FlipData => ({
    verdict: now()?.verdict ?? "cannot tell",
    claims: (told()?.rows ?? []).slice(0, mostDrawn).map((r) => ({
      name: r.claim,
      label: label(r.claim),
      credence: r.credence,
      turns: r.turns,
    })),
  });
  const weights = (): TornadoData => ({
    unit: told()?.unit ?? { label: "", factor: 1 },
    base: now()?.comparison.margin ?? Number.NaN,
    quantities: (told()?.rows ?? []).slice(0, mostDrawn).map((r) => ({
      label: `${r.claim}: ${label(r.claim)}`,
      lowIs: "false",
      highIs: "true",
      atLow: r.off,
      atHigh: r.on,
    })),
  });
  const alone = () => (told()?.rows ?? []).filter((r) => r.turns.length > 0);
  return (
    <Show when={told()} fallback={<p class="under">Each claim is being tried at both ends…</p>}>
      {(t) => (
        <>
          <p class="reverse-sentence" classList={{ stale: !t().isFresh }}>
            <Show
              when={alone().length > 0}
              fallback={
                <>
                  {t().isLinear
                    ? "No single claim, moved alone from nothing to certainty, turns this verdict."
                    : "This conclusion is no plain difference: how it stands with each claim false and true is told below, not where it turns."}
                </>
              }
            >
              Moved alone, {alone().length === 1 ? "one claim" : `${alone().length} claims`} could turn this verdict:{" "}
              {listed(
                alone()
                  .slice(0, 4)
                  .map(
                    (r) =>
                      `${r.claim} ${(r.turns[0]?.at ?? 0) > r.credence ? "above" : "below"} ${Math.round(100 * (r.turns[0]?.at ?? 0))} in 100`,
                  ),
              )}
              .
            </Show>
          </p>
          <Show when={t().isLinear}>
            <Chart
              id="flips"
              draw={(w) =>
                flipStrips(flips(), head("flips", "", "How far each claim is believed, and where the verdict turns"), w)
              }
              table={() => flipTable(flips())}
              isFresh={t().isFresh}
            />
          </Show>
          <details>
            <summary>How much hangs on each claim</summary>
            <Chart
              id="ends"
              draw={(w) =>
                tornado(
                  weights(),
                  head(
                    "ends",
                    "",
                    "The margin of this conclusion with each claim false and with it true, all else as it is",
                  ),
                  w,
                )
              }
              table={() => tornadoTable(weights())}
              isFresh={t().isFresh}
            />
            <ul class="visually-hidden">
              <For each={t().rows.slice(0, mostDrawn)}>
                {(r) => (
                  <li>
                    {r.claim}: {judge(r.off, t().threshold, 0)} when false, {judge(r.on, t().threshold, 0)} when true
                  </li>
                )}
              </For>
            </ul>
          </details>
        </>
      )}
    </Show>
  );
}

/** Sums and differences of figures, and their products with numbers. */
function isDifference(e: Expression): boolean {
  switch (e.op) {
    case "figure":
    case "const":
      return true;
    case "unary":
      return e.operator === "neg" && isDifference(e.operand);
    case "binary":
      if (e.operator === "add" || e.operator === "sub") return isDifference(e.left) && isDifference(e.right);
      if (e.operator === "mul")
        return (e.left.op === "const" && isDifference(e.right)) || (e.right.op === "const" && isDifference(e.left));
      return e.operator === "div" && e.right.op === "const" && isDifference(e.left);
    default:
      return false;
  }
}

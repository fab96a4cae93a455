/** What would reverse the verdict: how far each claim would have to be believed, and how much hangs on it. */

import { createMemo, For, Show, type JSX } from "solid-js";
import {
  flipStrips,
  flipTable,
  inScale,
  isOpenAtEnd,
  listed,
  scaleOf,
  tornado,
  tornadoTable,
  turnsOf,
  type Expression,
  type FlipData,
  type TornadoData,
} from "#internal.ts";
import { Chart } from "./chart.tsx";
import type { Page } from "./page.ts";
import type { PageReading } from "./state/table-store.ts";
import { provenanceLine } from "./provenance.ts";

/** Claims drawn, those on which most hangs first. */
const mostDrawn = 12;

interface Told {
  readonly flips: FlipData;
  readonly isFresh: boolean;
  readonly isLinear: boolean;
  readonly nearest: PageReading["nearest"];
  /** Claims of which the runs do not say whether they could. */
  readonly open: readonly string[];
  /** Claims that turn the verdict alone. */
  readonly alone: readonly { readonly claim: string; readonly credence: number; readonly at: number }[];
}

export default function Reverse(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const conclusion = () => page.model.conclusions.find((c) => c.name === page.settings.conclusion);
  /** From runs, where the table cannot tell. */
  const ran = createMemo(() => {
    const found = page.reading() === null ? page.ends() : null;
    const of = conclusion();
    if (found === null || of === undefined) return null;
    const { figures, threshold, unit } = of.comparison;
    // A difference of plain means or chances, none of them given a condition or pinned to the claim itself, is a line in one credence.
    const isPlain = figures.every((f) => f.given === null && f.statistic !== "quantile");
    const pinned = new Set(figures.flatMap((f) => Object.keys(f.intervention.claims)));
    const isLinear = isPlain && isDifference(of.comparison.margin);
    const rows = found.value
      .filter((e) => Number.isFinite(e.off.margin) && Number.isFinite(e.on.margin) && !pinned.has(e.claim))
      .map((e) => ({ ...e, turns: turnsOf(e, threshold, isLinear), isOpen: isOpenAtEnd(e, threshold) }))
      .toSorted((a, b) => Math.abs(b.on.margin - b.off.margin) - Math.abs(a.on.margin - a.off.margin));
    return { rows, threshold, unit, isFresh: found.isFresh, isLinear };
  });
  const label = (claim: string): string => page.model.claims.find((c) => c.name === claim)?.label ?? claim;
  const now = () => page.finding(page.settings.conclusion)?.value ?? null;
  const flips = (): FlipData => ({
    verdict: now()?.verdict ?? "not told",
    claims: (ran()?.rows ?? []).slice(0, mostDrawn).map((r) => ({
      name: r.claim,
      label: label(r.claim),
      credence: r.credence,
      turns: r.turns,
    })),
  });
  const told = createMemo((): Told | null => {
    const read = page.reading()?.flips ?? null;
    if (read !== null)
      return {
        flips: read,
        isFresh: page.isReadingFresh(),
        isLinear: true,
        nearest: page.reading()?.nearest ?? [],
        open: [],
        alone: read.claims.flatMap(({ name, credence, turns }) =>
          turns.length > 0 ? [{ claim: name, credence, at: turns[0]?.at ?? 0 }] : [],
        ),
      };
    const found = ran();
    if (found === null) return null;
    return {
      flips: flips(),
      isFresh: found.isFresh,
      isLinear: found.isLinear,
      nearest: [],
      open: found.rows.flatMap((r) => (r.turns.length === 0 && r.isOpen ? [r.claim] : [])),
      alone: found.rows.flatMap((r) =>
        r.turns.length > 0 ? [{ claim: r.claim, credence: r.credence, at: r.turns[0]?.at ?? 0 }] : [],
      ),
    };
  });
  const weights = (): TornadoData => ({
    unit: ran()?.unit ?? { label: "", factor: 1 },
    base: now()?.comparison.margin ?? Number.NaN,
    quantities: (ran()?.rows ?? []).slice(0, mostDrawn).map((r) => ({
      label: `${r.claim}: ${label(r.claim)}`,
      lowIs: "false",
      highIs: "true",
      atLow: r.off.margin,
      atHigh: r.on.margin,
      lowError: r.off.se,
      highError: r.on.se,
    })),
  });
  const threshold = (): number => conclusion()?.comparison.threshold ?? 0;
  const marginWords = (value: number): string => {
    const unit = conclusion()?.comparison.unit ?? { label: "", factor: 1 };
    const scale = scaleOf([value], unit.label === "share" ? { label: "points", factor: 0.01 } : unit);
    return `${inScale(value, scale)} ${scale.unit}`.trim();
  };
  const Strips = (): JSX.Element => (
    <Show when={told()?.isLinear === true && told()}>
      {(t) => (
        <Chart
          id="flips"
          draw={(w, caption) =>
            flipStrips(
              t().flips,
              {
                id: "flips",
                title: "",
                subtitle: "How far each claim is believed, and where the verdict turns",
                caption,
              },
              w,
            )
          }
          table={() => flipTable(t().flips)}
          source={provenanceLine(page)}
          isFresh={t().isFresh}
        />
      )}
    </Show>
  );
  return (
    <Show when={told()} fallback={<p class="under">Each claim is being tried at both ends…</p>}>
      {(t) => (
        <>
          <p class="reverse-sentence" classList={{ stale: !t().isFresh }}>
            <Show
              when={t().alone.length > 0}
              fallback={
                <>
                  {t().isLinear
                    ? noneTurns(t().open)
                    : "This conclusion is not a plain difference. So this shows its value with each claim false and true, not the credence at which it turns."}
                </>
              }
            >
              Moved alone, {t().alone.length === 1 ? "one claim" : `${t().alone.length} claims`} could turn this
              verdict:{" "}
              {listed(
                t()
                  .alone.slice(0, 4)
                  .map((r) => `${r.claim} ${r.at > r.credence ? "above" : "below"} ${Math.round(100 * r.at)} in 100`),
              )}
              .
            </Show>
          </p>
          <Show when={t().alone.length === 0 && t().nearest.length > 0}>
            <p class="under">
              Nearest to it come{" "}
              {listed(
                t()
                  .nearest.slice(0, 3)
                  .map(
                    (r) =>
                      `${r.claim} surely ${r.isTrue ? "true" : "false"} (a margin of ${marginWords(r.margin)} is left)`,
                  ),
              )}
              ; {marginWords(threshold())} is what would matter.
            </p>
          </Show>
          <Show when={page.flipSet()}>
            {(set) => (
              <p class="reverse-sentence">
                Together these turn it:{" "}
                {listed(set().claims.map((c) => `${c.claim} surely ${c.to ? "true" : "false"}`))}
                {set().smallest ? ", and no fewer of the claims that weigh most" : ""}.
              </p>
            )}
          </Show>
          <Show
            when={t().alone.length > 0}
            fallback={
              <details class="beside-fold">
                <summary>Claim by claim</summary>
                <Strips />
              </details>
            }
          >
            <Strips />
          </Show>
          <Show when={ran()}>
            {(all) => (
              <details>
                <summary>How much hangs on each claim</summary>
                <Chart
                  id="ends"
                  draw={(w, caption) =>
                    tornado(
                      weights(),
                      {
                        id: "ends",
                        title: "",
                        subtitle:
                          "The margin of this conclusion with each claim false and with it true, all else as it is",
                        caption,
                      },
                      w,
                    )
                  }
                  table={() => tornadoTable(weights())}
                  source={provenanceLine(page)}
                  isFresh={all().isFresh}
                />
                <ul class="visually-hidden">
                  <For each={all().rows.slice(0, mostDrawn)}>
                    {(r) => (
                      <li>
                        {r.claim}: {r.off.verdict} when false, {r.on.verdict} when true
                      </li>
                    )}
                  </For>
                </ul>
              </details>
            )}
          </Show>
        </>
      )}
    </Show>
  );
}

/** `open`: claims of which it is not known. */
function noneTurns(open: readonly string[]): string {
  if (open.length === 0) return "No single claim, moved alone from nothing to certainty, turns this verdict.";
  const named = [...open.slice(0, 4), ...(open.length > 4 ? [`${open.length - 4} more`] : [])];
  return `No single claim, moved alone from nothing to certainty, is sure to turn this verdict; too near the line to say, after these runs: ${listed(named)}.`;
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

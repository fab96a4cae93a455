/** Fits settings from a stranger to a model, and says what did not fit. */

import type { Distribution, Model } from "#internal.ts";
import type { Settings, Stance } from "./settings.ts";

export interface Settled {
  readonly settings: Settings;
  /** What was left out, in words; empty where everything fits. */
  readonly dropped: readonly string[];
}

export function settle(model: Model, views: readonly string[], given: unknown, first: Settings): Settled {
  const dropped: string[] = [];
  const from = isRecord(given) ? given : {};
  if (!isRecord(given)) dropped.push("everything: it is not the settings of a page");
  const choices = isRecord(from["choices"]) ? from["choices"] : {};
  return {
    settings: {
      ...stanceOf(model, views, from, first, dropped),
      conclusion: nameOf(from["conclusion"], model.conclusions, first.conclusion, "conclusion", dropped),
      choices: Object.fromEntries(
        model.choices.map((c) => {
          const option = Object.hasOwn(choices, c.name) ? choices[c.name] : undefined;
          const known = c.options.some((o) => o.name === option);
          return [c.name, known ? (option as string) : (first.choices[c.name] ?? "")];
        }),
      ),
      along: nameOf(from["along"], model.choices, first.along, "choice", dropped),
      series: nameOf(from["series"], [...model.stocks, ...model.lets], first.series, "stock", dropped),
      reweighed: from["reweighed"] === true,
      pinned: isRecord(from["pinned"]) ? stanceOf(model, views, from["pinned"], first, dropped) : null,
    },
    dropped,
  };
}

function stanceOf(
  model: Model,
  views: readonly string[],
  from: Readonly<Record<string, unknown>>,
  first: Stance,
  dropped: string[],
): Stance {
  const view = typeof from["view"] === "string" && views.includes(from["view"]) ? from["view"] : first.view;
  if (from["view"] !== undefined && view !== from["view"]) dropped.push(`the view “${words(from["view"])}”`);
  const credences: Record<string, readonly number[]> = {};
  for (const [name, rows] of entriesOf(from["credences"])) {
    const claim = model.claims.find((c) => c.name === name);
    const fits =
      claim !== undefined &&
      Array.isArray(rows) &&
      rows.length > 0 &&
      rows.every((r) => typeof r === "number" && r >= 0 && r <= 1);
    if (fits) credences[name] = rows as number[];
    else dropped.push(`the setting of claim “${name}”`);
  }
  for (const group of model.groups) {
    const set = group.claims.filter((c) => Object.hasOwn(credences, c));
    if (set.reduce((n, c) => n + (credences[c]?.[0] ?? 0), 0) > 1 + 1e-9) {
      for (const c of set) delete credences[c];
      dropped.push(`the settings of ${set.join(", ")}, which exclude one another and add up to more than 1`);
    }
  }
  const distributions: Record<string, Distribution> = {};
  for (const [name, d] of entriesOf(from["distributions"])) {
    const known = model.unknowns.some((u) => u.name === name);
    if (known && isRange(d)) distributions[name] = d;
    else dropped.push(`the range of “${name}”`);
  }
  return { view, credences, distributions };
}

/** The only distribution a page sets: a 90 % interval between two constants. */
function isRange(d: unknown): d is Distribution {
  if (!isRecord(d) || d["kind"] !== "interval") return false;
  if (!["normal", "lognormal", "logitnormal"].includes(String(d["family"]))) return false;
  const [low, high] = [constant(d["low"]), constant(d["high"])];
  if (low === null || high === null || !(low < high)) return false;
  if (d["family"] !== "normal" && !(low > 0)) return false;
  return d["family"] !== "logitnormal" || high < 1;
}

function constant(e: unknown): number | null {
  return isRecord(e) && e["op"] === "const" && typeof e["value"] === "number" && Number.isFinite(e["value"])
    ? e["value"]
    : null;
}

function nameOf(
  given: unknown,
  known: readonly { readonly name: string }[],
  first: string,
  what: string,
  dropped: string[],
): string {
  if (typeof given === "string" && known.some((k) => k.name === given)) return given;
  if (given !== undefined && given !== "") dropped.push(`the ${what} “${words(given)}”`);
  return first;
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a stranger wrote, as it may be told: short, and as text. */
function words(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing")).slice(0, 60);
}

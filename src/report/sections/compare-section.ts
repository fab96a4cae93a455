/** The section that compares options: options side by side, what each is worth to whom, its regret, and the worth of knowing more. */

import { aside, gap, heading, inGroups, say, tableOf, type Block } from "./blocks.ts";
import type { CompareFindings, ViewCompared } from "#analysis/options/compare.ts";
import type { Worth } from "#analysis/options/worth-of-knowing.ts";
import { sureness } from "#analysis/verdicts/verdict.ts";
import { grouped, inScale, listed, ofHundredWithError, scaleOf, signed, slackText } from "../words/numbers.ts";
import { outcomeText } from "./outcome-tables.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare, spaced } from "../words/words.ts";

interface CompareLayout {
  /** Tell every outcome, not only those that are always shown. */
  readonly everything: boolean;
}

export function compareBlocks(f: CompareFindings, provenance: Provenance, options: CompareLayout): readonly Block[] {
  const parts: (readonly Block[])[] = [
    [heading(`Options compared: ${listed(f.compared.map((c) => bare(c.label)))}`)],
    ...f.byView.map((v) => oneView(v, f, options)),
    dominance(f),
    f.held.length === 0
      ? []
      : [
          say(
            `Held: ${
              f.held
                .filter((h) => !f.compared.some((c) => c.name === h.choice))
                .map((h) => `${spaced(h.choice)} = ${spaced(h.option)}`)
                .join(", ") || "nothing"
            }.`,
          ),
        ],
    [
      say(
        "Every option is run with the same worlds and the same luck. Statements about a model with these settings, not a forecast. Errors are two standard errors.",
      ),
    ],
    [aside(provenanceText(provenance, f))],
  ];
  return inGroups(parts);
}

function oneView(v: ViewCompared, f: CompareFindings, { everything }: CompareLayout): readonly Block[] {
  const heads = f.outcomes.filter((o) => everything || o.alwaysShown || f.outcomes.length <= 8);
  const rows = heads.map((head) => {
    const at = f.outcomes.indexOf(head);
    const found = v.outcomes.map((o) => o.outcomes[at]);
    const scale = scaleOf(
      found.flatMap((o) => (o === undefined ? [] : [o.summary.q50, o.summary.q95])),
      head.unit,
    );
    const unit = head.kind === "quantity" ? scale.unit : "runs in 100";
    const cells = found.map((o, i) => {
      if (o === undefined) return "";
      const difference = v.outcomes[i]?.differences[at] ?? null;
      const by = head.kind === "truth" ? 0.01 : scale.by;
      const decimals = Math.max(1, scale.decimals);
      const apart =
        i === 0 || difference === null
          ? []
          : [
              `${signed(difference.mean / by, decimals)} ${slackText({ ...difference, value: difference.mean }, { by, decimals })}`,
            ];
      return [outcomeText(head, o, scale), ...apart].join("\n");
    });
    return { head: `${bare(head.label)}${unit === "" ? "" : `, ${unit}`}`, cells };
  });
  const label = v.view === "case" ? v.label : `“${v.label}”`;
  return [
    heading(`Under ${label}: each outcome, and below it the mean difference from the first option`),
    tableOf({ heads: ["", ...f.options.map((o) => spaced(o.name))], rows, align: "right" }, 2),
    ...worthLines(v, f),
  ];
}

function worthLines(v: ViewCompared, f: CompareFindings): readonly Block[] {
  const { worth, worthOfKnowing, best } = v;
  if (worth === null || f.actor === null || worthOfKnowing === null || best === null) return [];
  const scale = {
    ...scaleOf(
      worth.map((w) => w.mean),
      { label: f.actor.unit, factor: f.actor.factor },
    ),
  };
  const fine = { ...scale, decimals: Math.max(2, scale.decimals) };
  const number = (x: number): string => inScale(x, fine);
  const measured = (value: number, se: number): string => `${number(value)} ${slackText({ value, se }, fine)}`;
  const rows = [
    { head: "worth, mean", cells: worth.map((w) => measured(w.mean, w.se)) },
    {
      head: "behind the best",
      cells: worth.map((w, i) => (i === best ? "best" : measured(w.behind.mean, w.behind.se))),
    },
    { head: "regret: mean", cells: worth.map(({ regret: r }) => measured(r.mean, r.meanError)) },
    {
      head: "regret: in 1 belief of 10 at least",
      cells: worth.map(({ regret: r }) => (r.q90Error > 0 ? measured(r.q90, r.q90Error) : number(r.q90))),
    },
    { head: "regret: at most, of the beliefs drawn", cells: worth.map((w) => number(w.regret.max)) },
    { head: "the best, beliefs in 100", cells: worth.map(({ regret: r }) => ofHundredWithError(r.best, r.bestError)) },
    {
      head: `good enough (at least ${number(f.enough)}), beliefs in 100`,
      cells: worth.map(({ regret: r }) => ofHundredWithError(r.satisficing, r.satisficingError)),
    },
  ];
  const finer = { ...fine, decimals: fine.decimals + 1 };
  const worthText = ({ worth: value, se }: Omit<Worth, "name">): string =>
    `${inScale(value, finer)} ${slackText({ value, se }, finer)}`;
  const knowing = (list: readonly Worth[]): string =>
    list
      .toSorted((a, b) => b.worth - a.worth)
      .filter((w, i) => i < 5 && w.worth > Math.max(1e-9, sureness * w.se))
      .map((w) => `${w.name} ${worthText(w)}`)
      .join(", ") || "nothing";
  const least = Math.min(...v.explained);
  return [
    gap,
    heading(
      `What each option is worth, by the values of ${bare(f.actor.label)}, as this view sees the world${fine.unit === "" ? "" : `, in ${fine.unit}`}`,
    ),
    tableOf({ heads: ["", ...f.options.map((o) => spaced(o.name))], rows, align: "right" }, 2),
    say(
      `What knowing before the choice would be worth: everything ${worthText(worthOfKnowing.everything)}; single claims (${worthOfKnowing.exactClaims ? "exact" : "from the runs"}) ${knowing(worthOfKnowing.claims)}; single unknowns (regression) ${knowing(worthOfKnowing.unknowns)}.`,
      { indent: 2 },
    ),
    ...(least < 1
      ? [
          say(
            `A regret compares what is expected under each belief. Luck was averaged out by a regression, which explains at least ${grouped(100 * least, 0)} per cent of the spread.`,
            { indent: 2 },
          ),
        ]
      : []),
  ];
}

function dominance(f: CompareFindings): readonly Block[] {
  const told = f.dominated.flatMap((by, i) =>
    by === null ? [] : [`${spaced(f.options[i]?.name ?? "")} by ${spaced(f.options[by]?.name ?? "")}`],
  );
  return told.length === 0 ? [] : [say(`Dominated under every view asked for: ${listed(told)}.`)];
}

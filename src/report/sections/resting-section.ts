/** The section on what carries conclusions and what would reverse them: one in full, the others in a table each. */

import type { Further } from "#analysis/findings/further.ts";
import type { Resting } from "#analysis/findings/resting.ts";
import { sureness } from "#analysis/verdicts/verdict.ts";
import type { Model } from "#model/model.ts";
import type { Block } from "./blocks.ts";
import { carriedBlocks, titleBlocks } from "./explain-section.ts";
import { reversedBlocks } from "./flip-section.ts";
import { fineScale, refusedText, signedIn, withError } from "../words/explain-words.ts";
import { grouped, plural, signed } from "../words/numbers.ts";
import type { Provenance } from "../words/provenance.ts";
import { bare, capital } from "../words/words.ts";

/** What carries the leading conclusion and what would reverse it, under the first view; then, shorter, the others. */
export function restingBlocks(model: Model, further: Further, p: Provenance): readonly Block[] {
  const { carries, reverses, resting } = further;
  const [explained] = carries?.explained ?? [];
  const [flipped] = reverses?.flipped ?? [];
  const layout = { everything: false, id: "picture" };
  return [
    ...(carries === null || explained === undefined
      ? []
      : [...titleBlocks("What carries it", carries), ...carriedBlocks(carries, explained, p, layout)]),
    ...(reverses === null || flipped === undefined
      ? []
      : [...titleBlocks("What would reverse it", reverses), ...reversedBlocks(model, reverses, flipped, p, layout)]),
    ...othersBlocks(model, resting),
  ];
}

/** Every other conclusion: under each view, what contributes most and what claim alone turns it. */
function othersBlocks(model: Model, resting: readonly Resting[]): readonly Block[] {
  const names = [...new Set(resting.map((r) => r.target.name))];
  if (names.length === 0) return [];
  return [
    {
      kind: "disclosure",
      title: `What ${names.length === 1 ? "the conclusion rests" : `each of ${plural(names.length, "conclusion")} rests`} on, under each view`,
      blocks: [
        {
          kind: "paragraph",
          text: "Contributions lead from the margin with every claim off to the margin as believed; those within two standard errors of zero are left out. A claim turns a verdict alone if some other credence of it, with all else as it is, takes the margin past what matters.",
        },
        ...names.map((name) =>
          restingTable(
            model,
            resting.filter((r) => r.target.name === name),
          ),
        ),
      ],
    },
  ];
}

/** Contributions told of one conclusion under one view. */
const mostTold = 4;

function restingTable(model: Model, rows: readonly Resting[]): Block {
  const target = rows[0]?.target;
  const label = (view: string): string => bare(model.views.find((v) => v.name === view)?.label ?? "As the case has it");
  return {
    kind: "table",
    table: {
      caption: target === undefined ? "" : bare(target.label),
      columns: ["View", "Verdict", "Margin", "With every claim off", "Contributes most", "Turned alone by"],
      rows: rows.map((r) => {
        const { all, none, shares, refusal } = r.carried;
        if (refusal !== null) return [label(r.view), capital(refusedText(refusal)), "–", "–", "–", "–"];
        const scale = fineScale([all.margin, none.margin], r.target);
        const sure = shares.filter((s) => Math.abs(s.share) > sureness * s.se).slice(0, mostTold);
        const turns = r.turned.filter((t) => !t.thin && t.points.length > 0).slice(0, mostTold);
        return [
          label(r.view),
          `${all.verdict}${r.builtIn === null ? "" : ", built in"}`,
          `${withError(all.margin, all.se, scale)} ${scale.unit}`.trim(),
          signedIn(none.margin, scale),
          sure.map((s) => `${s.claim} ${signed(s.share / scale.by, scale.decimals)}`).join(", ") || "none for sure",
          turns
            .map((t) => `${t.claim} at ${t.points.map((x) => grouped(100 * x.credence, 0)).join(" and ")}`)
            .join(", ") || "no claim",
        ];
      }),
    },
  };
}

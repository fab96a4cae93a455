/** Makes the panels that a reader may open, as plain data that a page shows without the code that made them. */

import type { Further } from "#analysis/findings/further.ts";
import type { Model } from "#model/model.ts";
import type { Block } from "../sections/blocks.ts";
import { scoreBlocks } from "../sections/score-section.ts";
import { gameBlocks } from "../sections/play-section.ts";
import { learnBlocks } from "../sections/learn-section.ts";
import type { Picture } from "../picture/picture.ts";
import type { DataTable } from "../picture/table.ts";
import type { Provenance } from "../words/provenance.ts";
import { restingBlocks } from "../sections/resting-section.ts";
import { jitterBlocks, scenarioBlocks } from "../sections/scenario-section.ts";
import { bare } from "../words/words.ts";

export type PanelBlock =
  | Exclude<Block, { readonly kind: "figure" | "disclosure" | "table" | "gap" }>
  | { readonly kind: "table"; readonly table: DataTable }
  | { readonly kind: "disclosure"; readonly title: string; readonly blocks: readonly PanelBlock[] }
  | {
      readonly kind: "figure";
      /** Of letters, digits and hyphens; one of a kind in a page. */
      readonly id: string;
      /** Drawn at two widths: a phone's and a column's. */
      readonly narrow: Picture;
      readonly wide: Picture;
      readonly table: DataTable;
    };

export interface Panel {
  readonly id: string;
  /** What it answers, in plain words. */
  readonly title: string;
  /** Whose it is: a panel is found when a page is made, and does not follow what a reader moves. */
  readonly under: string;
  readonly blocks: readonly PanelBlock[];
}

/** Pixels. */
const narrow = 330;
const wide = 700;

/** Only those that have something to tell. The same pictures as the printed report's, under ids of their own. */
export function pagePanels(model: Model, further: Further, p: Provenance): readonly Panel[] {
  const { carries, game, scenarios, jitter, learnt, scores, leftOut } = further;
  const target = carries?.target;
  const first = carries?.explained[0]?.label ?? game?.plays[0]?.label;
  const under = `Found when this page was made${first === undefined ? "" : `, under “${bare(first)}”`}; it does not follow what you move.`;
  const panel = (id: string, title: string, blocks: readonly Block[], whose = under): Panel => ({
    id,
    title,
    under: whose,
    blocks: blocks.flatMap(shipped),
  });
  const all = "Found when this page was made, under each view; it does not follow what you move.";
  return [
    panel("detail", "What carries it, in detail", restingBlocks(model, further, p)),
    panel(
      "fails",
      "When does it fail?",
      target === undefined || scenarios === null ? [] : scenarioBlocks(model, target, scenarios),
    ),
    panel(
      "ours",
      "Which of our choices matter?",
      target === undefined || jitter === null ? [] : jitterBlocks(model, target, jitter),
    ),
    panel("game", "The choices as a game, in each actor's eyes", game === null ? [] : gameBlocks(model, game, p)),
    panel(
      "scores",
      "The forecasts: who gave them what chance",
      scores === null ? [] : scoreBlocks(model, scores, p),
      all,
    ),
    panel(
      "seen",
      "What has been seen since, and what it changes",
      learnt === null ? [] : learnBlocks(model, learnt, p),
      all,
    ),
    panel(
      "left-out",
      "What was not worked out for this page, and why",
      leftOut.length === 0 ? [] : [{ kind: "list", items: leftOut.map((l) => `${l.what}: ${bare(l.why)}.`) }],
      "",
    ),
  ].filter((x) => x.blocks.length > 0);
}

/** As plain data: pictures drawn, nothing left that could not be written as JSON. */
function shipped(b: Block): readonly PanelBlock[] {
  switch (b.kind) {
    case "figure": {
      const id = `panel-${b.id}`;
      return [{ kind: "figure", id, narrow: b.draw(`${id}-n`, narrow), wide: b.draw(id, wide), table: b.table }];
    }
    case "disclosure":
      return [{ kind: "disclosure", title: b.title, blocks: b.blocks.flatMap(shipped) }];
    case "table":
      return [{ kind: "table", table: b.table }];
    case "gap":
      return [];
    default:
      return [b];
  }
}

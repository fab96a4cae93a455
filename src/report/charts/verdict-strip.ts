/** Draws verdicts as signs: a row for each conclusion, a column for each view. */

import { shortVerdict } from "../words/words.ts";
import { verdicts, type Verdict } from "#analysis/verdicts/verdict.ts";
import type { Element } from "../picture/element.ts";
import { keyLines } from "../picture/key.ts";
import { verdictMark } from "../picture/marks.ts";
import { wrapped } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { lineHeight, sizes, writeText, writeMiddle, type TextBlock } from "../picture/write.ts";

/** Verdicts by conclusion and view. */
export interface VerdictData {
  /** Short names: a word or two. */
  readonly views: readonly string[];
  readonly conclusions: readonly {
    readonly label: string;
    /** Claims it is concluded from. */
    readonly of: readonly string[];
    /** By view; null where it is not told under it, or was refused. */
    readonly verdicts: readonly (Verdict | null)[];
  }[];
}

/**
 * Draws verdicts as signs: a row for each conclusion, a column for each view.
 *
 * @param data - as many verdicts for each conclusion as there are views
 * @param head - its name in the page, and the words around it
 * @param width - in pixels, from 320
 * @example
 * ```ts
 * const row = { label: "It lands heads", of: [], verdicts: ["holds"] };
 * const picture = verdictStrip({ views: ["case"], conclusions: [row] }, { id: "verdicts", title: "Verdicts", subtitle: "", caption: "Not a forecast." }, 640);
 * const file = standalone(picture);
 * ```
 */
export function verdictStrip(data: VerdictData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function description(data: VerdictData): string {
  const told = data.views.map((view, v) => {
    const all = data.conclusions.map((c) => c.verdicts[v] ?? null);
    return `${view}: ${verdicts.map((k) => `${k} ${all.filter((x) => x === k).length}`).join(", ")}`;
  });
  const n = data.conclusions.length;
  return `Whether ${n === 1 ? "the conclusion" : `each of ${n} conclusions`} holds, by view. ${told.join("; ")}.`;
}

function drawing(data: VerdictData, x: number, y: number, width: number): TextBlock {
  const columns = Math.max(1, data.views.length);
  const key = keyLines(
    verdicts.map((v) => ({ words: v, wide: 16, draw: (a, b) => verdictMark(v, a + 8, b) })),
    x,
    y,
    width,
  );
  const probe = rowsIn([], x, 0, width);
  const step = (probe.right - probe.left) / columns;
  const heads = data.views.map((v) => wrapped(v, sizes.small, step - 6));
  const tallest = Math.max(1, ...heads.map((h) => h.length)) * lineHeight(sizes.small);
  const top = y + key.height + 8 + tallest;
  const rows = rowsIn(
    data.conclusions.map((c) => ({ label: c.label, note: c.of.length > 0 ? c.of.join(", ") : undefined })),
    x,
    top + 6,
    width,
  );
  const centre = (v: number): number => Math.round(rows.left + (v + 0.5) * step);
  const headNodes: Element[] = heads.flatMap((words, v) =>
    words.map((w, i) =>
      writeText(centre(v), top - (words.length - 1 - i) * lineHeight(sizes.small) - 2, w, {
        size: sizes.small,
        colour: "soft",
        anchor: "middle",
      }),
    ),
  );
  const marks = data.conclusions.flatMap((c, r) =>
    c.verdicts.flatMap((verdict, v) =>
      verdict === null
        ? [writeMiddle(centre(v), rows.middles[r] ?? 0, "–", { colour: "soft", anchor: "middle" })]
        : verdictMark(verdict, centre(v), rows.middles[r] ?? 0),
    ),
  );
  return { nodes: [...key.nodes, ...headNodes, ...rows.nodes, ...marks], height: rows.bottom - y };
}

export function verdictTable(data: VerdictData): DataTable {
  return {
    caption: "Whether it holds, by view; in brackets the claims concluded from",
    columns: ["Conclusion", ...data.views],
    rows: data.conclusions.map((c) => [
      `${c.label}${c.of.length === 0 ? "" : ` [${c.of.join(", ")}]`}`,
      ...data.views.map((_, v) => {
        const verdict = c.verdicts[v] ?? null;
        return verdict === null ? "not told" : shortVerdict(verdict);
      }),
    ]),
  };
}

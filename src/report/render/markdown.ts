/** Writes a report as Markdown, with a table in the place of each picture. */

import { linkText, type Block, type ReportDocument } from "../sections/blocks.ts";
import { markdownText, tableMarkdown } from "../picture/table.ts";

/** CommonMark with the tables of GitHub. No word of the case is markup in it. */
export function documentMarkdown(document: ReportDocument): string {
  const parts = [
    `# ${markdownText(document.title)}`,
    ...document.lead.map(markdownText),
    ...document.sections.flatMap((s) => [`## ${markdownText(s.title)}`, ...s.blocks.flatMap(blockText)]),
    "---",
    markdownText(document.provenance),
  ];
  return `${parts.join("\n\n")}\n`;
}

function blockText(b: Block): readonly string[] {
  switch (b.kind) {
    case "heading":
      return [`### ${markdownText(b.text)}`];
    case "paragraph":
      return [markdownText(`${b.lead ?? ""}${b.text}`)];
    case "gap":
      return [];
    case "link":
      return [markdownText(`${b.before}${linkText(b.target)}${b.after}`)];
    case "list":
      return [list(b.items)];
    case "table":
      return [`**${markdownText(b.table.caption)}**`, tableMarkdown(b.table)];
    case "figure":
      return b.isOnlyDrawn === true
        ? []
        : [
            `### ${markdownText(b.title)}`,
            markdownText(b.table.caption),
            tableMarkdown(b.table),
            `*${markdownText(b.caption)}*`,
          ];
    case "entries":
      return b.entries.map((e) =>
        [
          `**${markdownText(e.title)}**${e.badge === null ? "" : `: ${markdownText(e.badge)}`}`,
          ...[e.text, ...e.notes].filter((t) => t !== "").map(markdownText),
        ].join("\\\n"),
      );
    case "disclosure": {
      const inside = b.blocks.flatMap(blockText);
      return inside.length === 0 ? [] : [`### ${markdownText(b.title)}`, ...inside];
    }
    case "box":
      return [`### ${markdownText(b.title)}`, list(b.items)];
  }
}

function list(items: readonly string[]): string {
  return items.map((i) => `- ${markdownText(i)}`).join("\n");
}

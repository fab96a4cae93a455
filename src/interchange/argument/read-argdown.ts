/** Reads an argument map in Argdown: statements, arguments and their relations. Premise-conclusion blocks give the statements they number. */

import type { Document, Span } from "#text/span.ts";
import { checkModelText, UnreadableFile, type Loss } from "../problem.ts";
import type { ArgumentMap, MapRelation, MapStatement } from "./argument-map.ts";

const statementHead = /^\[([^\]]+)\](?::\s*(.*))?$/;
const argumentHead = /^<([^>]+)>(?::\s*(.*))?$/;
const relationSign = /^(?:(<\+|\+>|<-|->|><|<_|_>|\+|-|_)\s+)(.*)$/;
const numbered = /^\((\d+)\)\s+(.*)$/;

interface Open {
  readonly indent: number;
  readonly key: string;
}

/** Throws `UnreadableFile` where there is no statement in it. */
export function readArgdown(document: Document): [ArgumentMap, readonly Loss[]] {
  checkModelText(document.name, document.text);
  const endless = /[^\n]{5001}/.exec(document.text);
  if (endless !== null)
    throw new UnreadableFile(
      "a line has more than 5000 characters, which no statement has",
      { document: document.name, start: endless.index, end: endless.index + 1 },
      "give an argument map in Argdown, a statement on each line",
    );
  const reader = new ArgdownReader(document);
  return reader.read();
}

class ArgdownReader {
  readonly #document: Document;
  readonly #statements = new Map<string, { text: string; kind: MapStatement["kind"] }>();
  readonly #relations: MapRelation[] = [];
  readonly #losses: Loss[] = [];
  #unnamed = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  read(): [ArgumentMap, readonly Loss[]] {
    const text = this.#withoutComments(this.#document.text);
    let title: string | null = null;
    let open: Open[] = [];
    let at = 0;
    let isHead = false;
    for (const line of text.split("\n")) {
      const start = at;
      at += line.length + 1;
      const bare = line.trim();
      const span: Span = { document: this.#document.name, start, end: Math.max(start + 1, start + line.length) };
      if (bare === "===") {
        isHead = !isHead;
        continue;
      }
      if (isHead) {
        title ??= /^title:\s*(.+)$/i.exec(bare)?.[1]?.replaceAll(/^["']|["']$/g, "") ?? null;
        continue;
      }
      if (bare === "" || /^(?:-{2,}|={2,})$/.test(bare)) {
        open = [];
        continue;
      }
      const heading = /^#+\s+(.*)$/.exec(bare);
      if (heading !== null) {
        title ??= heading[1] ?? null;
        open = [];
        continue;
      }
      const indent = line.length - line.trimStart().length;
      open = open.filter((o) => o.indent < indent);
      const relation = relationSign.exec(bare);
      const parent = open.at(-1);
      if (relation !== null && parent !== undefined) {
        const key = this.#add(relation[2] ?? "", span);
        if (key === null) continue;
        this.#relations.push(relationOf(relation[1] ?? "", parent.key, key));
        open.push({ indent, key });
        continue;
      }
      if (relation !== null) {
        this.#losses.push({
          name: bare.slice(0, 40),
          why: "a relation stands under no statement",
          span,
          isChanged: false,
        });
        continue;
      }
      const step = numbered.exec(bare);
      const key = this.#add(step?.[2] ?? bare, span);
      if (key !== null) open.push({ indent: step === null ? indent : 0, key });
    }
    if (this.#statements.size === 0)
      throw new UnreadableFile(
        "no statement was found",
        { document: this.#document.name, start: 0, end: 1 },
        "write statements as '[Name]: what it says', relations below them as '+ [Other]' or '- [Other]'",
      );
    return [
      {
        title,
        statements: [...this.#statements].map(([key, { text: said, kind }]) => ({
          key,
          text: said === "" ? key : said,
          kind,
        })),
        relations: this.#relations,
      },
      this.#losses,
    ];
  }

  /** Blanks for what is no part of the map, so that places stay. */
  #withoutComments(text: string): string {
    const blank = (found: string): string => found.replaceAll(/[^\n]/g, " ");
    return text
      .replaceAll("\r\n", "\n")
      .replaceAll(/\/\*[^]*?\*\/|<!--[^]*?-->/g, blank)
      .replaceAll(/^\s*\/\/[^\n]*/gm, blank);
  }

  /** The key of a statement or argument, declared or referred to; null, told, for what is neither. */
  #add(written: string, span: Span): string | null {
    // Tags and data in braces say nothing of what is claimed.
    const bare = written
      .replaceAll(/\{[^}]*\}/g, "")
      .replaceAll(/(?:^|\s)#(?:[\w-]+|\([^)]*\))/g, "")
      .trim();
    const statement = statementHead.exec(bare);
    const argument = argumentHead.exec(bare);
    const found = statement ?? argument;
    if (found === null && bare === "") {
      this.#losses.push({
        name: written.slice(0, 40),
        why: "there is no statement on the line",
        span,
        isChanged: false,
      });
      return null;
    }
    const kind = argument === null ? "claim" : "argument";
    const key = found?.[1]?.trim() ?? `Statement ${++this.#unnamed}`;
    const text = (found === null ? bare : (found[2] ?? "")).trim();
    const before = this.#statements.get(key);
    if (before === undefined) this.#statements.set(key, { text, kind });
    else if (before.text === "" && text !== "") before.text = text;
    return key;
  }
}

function relationOf(sign: string, parent: string, child: string): MapRelation {
  switch (sign) {
    case "+":
    case "<+":
      return { from: child, to: parent, kind: "supports" };
    case "+>":
      return { from: parent, to: child, kind: "supports" };
    case "->":
      return { from: parent, to: child, kind: "attacks" };
    case "><":
      return { from: parent, to: child, kind: "contradicts" };
    case "_":
    case "<_":
      return { from: child, to: parent, kind: "undercuts" };
    case "_>":
      return { from: parent, to: child, kind: "undercuts" };
    default:
      return { from: child, to: parent, kind: "attacks" };
  }
}

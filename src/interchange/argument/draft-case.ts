/** Writes an argument map as the draft of a case: a claim for each statement, what supports and attacks it in its notes. */

import type { Document } from "#text/span.ts";
import { format } from "#language/formatter.ts";
import { Namer } from "../dynamics/names.ts";
import type { Loss } from "../problem.ts";
import { quotedText } from "../quoted-text.ts";
import type { ArgumentMap, MapRelation } from "./argument-map.ts";
import { fileNameOf } from "../file-name.ts";
import { readAif } from "./read-aif.ts";
import { readArgdown } from "./read-argdown.ts";

interface DraftedCase {
  readonly name: string;
  readonly text: string;
  readonly losses: readonly Loss[];
  readonly claims: number;
}

/** True for a name that argument maps have. */
export function isArgumentFile(name: string): boolean {
  return /\.(?:argdown|ad|json)$/i.test(name);
}

/** Throws `UnreadableFile` where the file is no argument map. */
export function importArgument(document: Document): DraftedCase {
  const fileName = fileNameOf(document.name);
  const [map, losses] = /\.json$/i.test(document.name) ? readAif(document) : readArgdown(document);
  const namer = new Namer();
  const title = map.title ?? fileName.replace(/\.[^.]*$/, "");
  const name = namer.nameFor("the case", title);
  const names = new Map(
    map.statements.map((s) => [s.key, namer.nameFor(`statement ${s.key}`, shortName(s.key, s.text))]),
  );
  const grouped = groupsOf(map, names);
  const claims = map.statements.map((s) => {
    const notes = map.relations.flatMap((r) => noteOf(r, s.key, names));
    return [
      `claim ${names.get(s.key)} premise ${quotedText(s.text)} {`,
      "  credence 50%",
      ...(s.kind === "argument"
        ? [`  note ${quotedText("In the map this is an argument, a step of reasoning, not a statement.")}`]
        : []),
      ...notes.map((n) => `  note ${quotedText(n)}`),
      "}",
    ].join("\n");
  });
  const text = [
    `case ${name} ${quotedText(title)} {`,
    `  note ${quotedText(`Drafted from ${fileName}. Each claim stands at 50%: say how far it is believed and where it is made, and let it drive a model with 'because'.`)}`,
    ...losses.map((l) => `  leaves out ${quotedText(`${l.name}: ${l.why}`)}`),
    "}",
    "",
    ...claims,
    ...grouped,
    "",
  ].join("\n");
  return { name, text: format({ name: `${name}.casus`, text }), losses, claims: claims.length };
}

/** The file's own name for it, where that is a word; else the first words of what it says. */
function shortName(key: string, text: string): string {
  return /^[\d\s]*$/.test(key) || /^Statement \d+$/.test(key) ? text.split(/\s+/).slice(0, 4).join(" ") : key;
}

function noteOf(r: MapRelation, of: string, names: ReadonlyMap<string, string>): readonly string[] {
  const [from, to] = [names.get(r.from) ?? r.from, names.get(r.to) ?? r.to];
  if (r.from === of && r.kind === "supports") return [`Supports '${to}'.`];
  if (r.from === of && r.kind === "attacks") return [`Speaks against '${to}'.`];
  if (r.from === of && r.kind === "undercuts") return [`Speaks against the step to '${to}'.`];
  if (r.kind === "contradicts" && (r.from === of || r.to === of))
    return [`Contradicts '${r.from === of ? to : from}'.`];
  return [];
}

/** Two that contradict each other are never both true; a claim is in one such pair at most, the others keep their notes. */
function groupsOf(map: ArgumentMap, names: ReadonlyMap<string, string>): readonly string[] {
  const taken = new Set<string>();
  return map.relations.flatMap((r) => {
    if (r.kind !== "contradicts" || r.from === r.to || taken.has(r.from) || taken.has(r.to)) return [];
    taken.add(r.from).add(r.to);
    return [`one of {${names.get(r.from)}, ${names.get(r.to)}, neither}`];
  });
}

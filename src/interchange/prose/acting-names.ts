/** Finds who acts in an English text: names that stand before verbs of doing, counted. */

import { paragraphs } from "#text/passages.ts";
import type { Document } from "#text/span.ts";

/** Somebody or something that the text has do things. */
export interface ActingName {
  readonly name: string;
  /** Sentences in which it acts. */
  readonly times: number;
}

/** What a deed begins with. */
const deed = String.raw`(?:\p{L}+ly )?(?:has|have|had|will|would|should|must|may|might|could|can|ought|wants?|seeks?|faces?|fears?|plans?|needs?|argues?|claims?|refuses?|demands?|offers?|decides?|\p{Ll}{3,}ed)(?!\p{L})`;

const named = new RegExp(
  String.raw`(?<![\p{L}’'-])((?:[Tt]he )?\p{Lu}[\p{L}’'.-]*\p{L}(?: (?:of |and the )?\p{Lu}\p{L}+){0,3}(?: (?:administration|government|council|party|bank|company|board|group|union))?) ${deed}`,
  "gu",
);

const office = new RegExp(
  String.raw`(?<!\p{L})((?:[Tt]he|[Oo]ur|[Tt]heir|[Ii]ts) (?:\p{Ll}+ )?(?:administration|government|council|regime|bank|board|company|firm|city|ministry|minister|president|parliament|congress|union|court|army|party|agency|regulator|management|owners|workers|employers|drivers|voters|allies|opposition)) ${deed}`,
  "gu",
);

/** Words that open a sentence with a capital and name nobody. */
const noName = new Set(
  `a all and any as at because both but by each either even every few first for from had has have he her here his how however i if in indeed instead is it its
  last let many may more most much must neither next no nobody none nor not nothing now of on once one only or other others our perhaps second she should since so some such than that the
  their then there therefore these they third this those though thus to today two under until we what when whenever where whether which while who why with without yet you
  regimes nations people countries january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday`
    .split(/\s+/)
    .filter((w) => w !== ""),
);

/** At most `most`, those that act most often first; empty where nobody does. */
export function findActingNames(document: Document, most = 3): readonly ActingName[] {
  const times = new Map<string, number>();
  for (const sentence of paragraphs(document).flatMap((p) => p.sentences)) {
    const found = new Set(
      [...sentence.text.matchAll(named), ...sentence.text.matchAll(office)].flatMap(([, name = ""]) => bareName(name)),
    );
    for (const name of found) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times]
    .map(([name, count]) => ({ name, times: count }))
    .toSorted((a, b) => b.times - a.times)
    .slice(0, most);
}

function bareName(name: string): readonly string[] {
  const bare = name.replace(/^(?:the|our|their|its) /i, "").replace(/[’']s?$/, "");
  const [first = ""] = bare.split(" ");
  return noName.has(first.toLowerCase()) || bare.length < 2 ? [] : [bare];
}

/** Finds who acts in an English text: names that stand before verbs of doing, counted. */

import { paragraphs } from "#text/passages.ts";
import type { Document } from "#text/span.ts";

/** Somebody or something that the text has do things. */
interface ActingName {
  readonly name: string;
  /** Sentences in which it acts. */
  readonly times: number;
  /** Of these, the ones that say what it should do. */
  readonly advised: number;
}

/** What advice begins with. */
const advice = /(?:should|must|ought|needs? to|ha(?:s|ve) to)$/;

/** What a deed begins with. */
const deed = String.raw`(?:\p{L}+ly )?(?:(?:has|have) to|has|have|had|will|would|should|must|may|might|could|can|ought|needs? to|wants?|seeks?|faces?|fears?|plans?|needs?|argues?|claims?|refuses?|demands?|offers?|decides?|\p{Ll}{3,}ed)(?!\p{L})`;

const named = new RegExp(
  String.raw`(?<![\p{L}’'-])((?:[Tt]he )?\p{Lu}[\p{L}’'.-]*\p{L}(?: (?:of |and the )?\p{Lu}\p{L}+){0,3}(?: (?:administration|government|council|party|bank|company|board|group|union))?) (${deed})`,
  "gu",
);

/** What only somebody does who can choose to. */
const chosen = String.raw`(?:(?:has|have|had|will|would|should|must|may|might|could|do not|does not|did not) )?(?:announce|offer|send|sent|demand|refuse|threaten|promise|decide|vote|agree|buy|bought|sold|fund|ban|order|sign|negotiate|declare|propose|protest|accept|reject|hire|spend|spent)(?:e?s|e?d)?(?!\p{L})`;

/** Anybody that a plain noun names, by what is chosen; a clause may stand between: the port that fears a strike has offered. */
const chooser = new RegExp(
  String.raw`(?<!\p{L})((?:[Tt]he|[Oo]ur|[Tt]heir|[Ii]ts|[Aa]|[Aa]n) \p{Ll}{3,})(?: (?:that|who|which) [^,.;:]{3,60}?)? (${chosen})`,
  "gu",
);

const office = new RegExp(
  String.raw`(?<!\p{L})((?:[Tt]he|[Oo]ur|[Tt]heir|[Ii]ts) (?:\p{Ll}+ )?(?:administration|government|council|regime|bank|board|company|firm|city|town|village|county|district|region|state|country|nation|ministry|minister|president|mayor|governor|parliament|senate|congress|union|court|army|navy|police|party|agency|authority|regulator|commission|committee|management|school|university|hospital|church|club|airport|airline|port|railway|factory|shop|bakery|newspaper|owners|workers|employers|employees|managers|drivers|farmers|teachers|doctors|landlords|tenants|shareholders|investors|banks|voters|allies|opposition)) (${deed})`,
  "gu",
);

/** Words that open a sentence with a capital and name nobody. */
const noName = new Set(
  `a all and any as at because both but by each either even every few first for from had has have he her here his how however i if in indeed instead is it its
  last let many may more most much must neither next no nobody none nor not nothing now of on once one only or other others our perhaps second she should since so some such than that the
  their then there therefore these they third this those though thus to today two under until we what when whenever where whether which while who why with without yet you
  critics opponents sceptics skeptics hawks doves supporters defenders regimes nations people countries january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday`
    .split(/\s+/)
    .filter((w) => w !== ""),
);

/** At most `most`: first the one the text advises most, then those that act most often; empty where nobody does. */
export function findActingNames(document: Document, most = 3): readonly ActingName[] {
  const all = new Map<string, ActingName>();
  for (const sentence of paragraphs(document).flatMap((p) => p.sentences)) {
    const advised = new Map<string, boolean>();
    for (const [, written = "", verb = ""] of [named, office, chooser].flatMap((p) => [...sentence.text.matchAll(p)]))
      for (const name of bareName(written)) advised.set(name, advised.get(name) === true || advice.test(verb));
    for (const [name, isAdvised] of advised) {
      const { times, advised: before } = all.get(name) ?? { times: 0, advised: 0 };
      all.set(name, { name, times: times + 1, advised: before + (isAdvised ? 1 : 0) });
    }
  }
  const byDeeds = [...all.values()].toSorted((a, b) => b.times - a.times);
  const decider = byDeeds.toSorted((a, b) => b.advised - a.advised).find((a) => a.advised > 0);
  return [...(decider === undefined ? [] : [decider]), ...byDeeds.filter((a) => a !== decider)].slice(0, most);
}

function bareName(name: string): readonly string[] {
  const bare = name.replace(/^(?:the|our|their|its|an?) /i, "").replace(/[’']s?$/, "");
  const [first = ""] = bare.split(" ");
  return noName.has(first.toLowerCase()) || bare.length < 2 ? [] : [bare];
}

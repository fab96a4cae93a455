/** Finds what each sentence of a text asserts, by the words that show it; what shows nothing is left out, with the reason. */

import { paragraphs } from "#text/passages.ts";
import type { Document } from "#text/span.ts";
import type { ClaimKind } from "#model/model.ts";
import { cues, hedges, negations, otherVoices } from "./cues.ts";

/** A sentence that asserts something. */
export interface Assertion {
  /** From 0, the title; `sentence` from 1. */
  readonly paragraph: number;
  readonly sentence: number;
  /** The kind the strongest cue shows first; a denial of a motive is of both kinds. */
  readonly kinds: readonly [ClaimKind, ...ClaimKind[]];
  /** The words that showed it, as they stand. */
  readonly cue: string;
  /** True where the writer stops short of saying so: may, perhaps, could. */
  readonly isHedged: boolean;
  /** Whom the sentence reports who see it otherwise, `others` where it names nobody; null where the writer speaks. */
  readonly voice: string | null;
}

/** What one sentence asserts. */
type Read = Pick<Assertion, "kinds" | "cue" | "isHedged" | "voice">;

/** A sentence that no draft is made of. */
export interface LeftSentence {
  readonly paragraph: number;
  readonly sentence: number;
  readonly why:
    | "a title"
    | "too short"
    | "a question"
    | "no words that show a claim"
    | "more claims than a draft holds"
    | "not chosen";
}

/** Sentences of fewer words assert nothing that a reader could make out. */
const fewestWords = 4;

/** Characters of a sentence in which cues are looked for; what is longer is no sentence that people write. */
const longestRead = 2000;

/** Every sentence of the text, as an assertion or as left out, in order. */
export function findAssertions(document: Document): {
  readonly assertions: readonly Assertion[];
  readonly left: readonly LeftSentence[];
} {
  const assertions: Assertion[] = [];
  const left: LeftSentence[] = [];
  for (const [paragraph, { sentences }] of paragraphs(document).entries())
    for (const [i, { text }] of sentences.entries()) {
      const place = { paragraph, sentence: i + 1 };
      const read = paragraph === 0 && sentences.length === 1 && text.length < 200 ? "a title" : readSentence(text);
      if (typeof read === "string") left.push({ ...place, why: read });
      else assertions.push({ ...place, ...read });
    }
  return { assertions, left };
}

/** What one sentence asserts, or why nothing is made of it. Among cues equally strong, the first of the list decides. */
export function readSentence(text: string): Read | LeftSentence["why"] {
  if (text.split(/\s+/).length < fewestWords) return "too short";
  const opening = text.slice(0, longestRead);
  const fired = cues.flatMap(({ kind, isStrong, pattern }) => {
    const [found] = pattern.exec(opening) ?? [];
    return found === undefined ? [] : [{ kind, isStrong, cue: found.replaceAll(/\s+/g, " ") }];
  });
  // A question asserts nothing, unless it is advice in disguise: ought we not?
  const isQuestion = /\?["'”’)\]]*$/.test(text);
  const reported = isQuestion ? null : otherVoices.exec(opening);
  const voice = reported === null ? null : (reported[1] ?? "others").replace(/^(?:the|our|its|their|his|her) /i, "");
  const best =
    fired.find((c) => c.isStrong && (!isQuestion || c.kind === "prescription")) ??
    fired[0] ??
    (reported === null ? undefined : { kind: "premise" as const, cue: reported[0] });
  if (best === undefined) return isQuestion ? "a question" : "no words that show a claim";
  if (isQuestion && best.kind !== "prescription") return "a question";
  const isDenied = best.kind === "motive" && negations.test(text);
  return {
    kinds: isDenied ? ["motive", "denial"] : [best.kind],
    cue: shortCue(best.cue),
    isHedged: hedges.test(text),
    voice,
  };
}

/** At most four words of the text, so that no part of a sentence goes where the cue is shown. */
function shortCue(cue: string): string {
  const words = cue.split(" ");
  return words.length <= 4 ? cue : `${words.slice(0, 2).join(" ")} … ${words.slice(-2).join(" ")}`;
}

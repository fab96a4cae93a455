/** Drafts a case from a text: a claim for each sentence that asserts something, slots for those who disagree, and a model that runs until a better one takes its place. */

import { format } from "#language/formatter.ts";
import { sha256Of } from "#text/hash.ts";
import { paragraphs, placeText } from "#text/passages.ts";
import type { Document } from "#text/span.ts";
import type { ClaimKind } from "#model/model.ts";
import { Namer } from "../dynamics/names.ts";
import { quotedText } from "../quoted-text.ts";
import { findActingNames } from "./acting-names.ts";
import { findAssertions, type Assertion, type LeftSentence } from "./assertions.ts";
import { englishWords } from "./cues.ts";
import { readProse } from "./read-prose.ts";

/** The actor of a draft in which nobody acts. */
const theDecider = "Those who decide";

/** What a text becomes. Only `passages` and `copy` hold sentences of it; they are for the one who drafts, not for readers. */
export interface ProseDraft {
  /** The case, which checks and runs. */
  readonly text: string;
  /** The text as it was read: what `sha256` in the case is of. */
  readonly copy: string;
  /** Markdown: every sentence with its number and what became of it. */
  readonly passages: string;
  readonly sentences: readonly ReadSentence[];
  readonly assertions: readonly Assertion[];
  readonly left: readonly LeftSentence[];
  readonly actors: readonly string[];
  /** Claims that the draft's model already hangs on. */
  readonly wired: number;
  readonly isEnglish: boolean;
}

/** A sentence of the text, with what became of it. */
export interface ReadSentence {
  /** Its place as the case writes it: `p1 s2`. */
  readonly place: string;
  readonly paragraph: number;
  readonly text: string;
  /** The kind of claim that was drafted and the words that showed it, or why none was. */
  readonly note: string;
  readonly isDrafted: boolean;
}

/** A share of the words of any English text are among the commonest thirty; of a text in another language, hardly one. A short text may be a list. */
const leastEnglish = 0.15;
const leastOfFew = 0.06;
const fewWords = 60;

/** Claims of a draft; an argument that readers follow has fewer, and what has more is a book. */
const mostDrafted = 200;

/** The draft's model hangs on so many claims at most: as many as are worked out exactly. */
const mostWired = 8;
const mostAgainst = 3;

const kindSays: Readonly<Record<ClaimKind, string>> = {
  motive: "what it says somebody wants or fears",
  denial: "what it says is not so",
  causal: "what it says brings about what",
  premise: "what it takes to be so, or compares",
  historical: "what it says was so",
  prediction: "what it says will come",
  prescription: "what it says should be done",
  move: "who it says has done what",
};

/**
 * Drafts the case `name` from a file of prose: of the sentences at the places `chosen`, such as `p1 s2`, or else of all that show a claim. Throws
 * `UnreadableFile` where it is no text, too long, or holds no sentence.
 */
export function draftFromProse(name: string, file: Document, chosen?: ReadonlySet<string>): ProseDraft {
  const { title, text: copy } = readProse(file);
  const document: Document = { name: file.name, text: copy };
  const isEnglish = isEnglishText(copy);
  const found = takeChosen(isEnglish ? findAssertions(document) : { assertions: [], left: [] }, document, chosen);
  const assertions = found.assertions.slice(0, mostDrafted);
  const beyond = found.assertions
    .slice(mostDrafted)
    .map(({ paragraph, sentence }): LeftSentence => ({ paragraph, sentence, why: "more claims than a draft holds" }));
  const left = [...found.left, ...beyond];
  const actors = isEnglish ? findActingNames(document).map((a) => a.name) : [];
  const wired = wiredOf(assertions);
  const written = caseText({ name, title, hash: sha256Of(copy), assertions, wired, actors, isEnglish });
  const sentences = readSentences(document, assertions, left);
  return {
    text: format({ name: `${name}.casus`, text: written }),
    copy,
    passages: passageList(title, sentences),
    sentences,
    assertions,
    left,
    actors,
    wired: wired.writers.length + wired.against.length,
    isEnglish,
  };
}

function isEnglishText(text: string): boolean {
  const words = text.match(/\p{L}+/gu)?.length ?? 0;
  const share = (text.match(englishWords)?.length ?? 0) / words;
  return words > 0 && share >= (words < fewWords ? leastOfFew : leastEnglish);
}

/** Causes first: they are what a model is made of. What the text reports of others pushes the other way. */
function wiredOf(assertions: readonly Assertion[]): Wired {
  const order: readonly ClaimKind[] = ["causal", "prediction", "historical", "premise"];
  const inOrder = order.flatMap((kind) => assertions.filter((a) => a.kinds[0] === kind));
  const against = inOrder.filter((a) => a.voice !== null).slice(0, mostAgainst);
  return { writers: inOrder.filter((a) => a.voice === null).slice(0, mostWired - against.length), against };
}

/** The claims that the draft's model hangs on. */
interface Wired {
  readonly writers: readonly Assertion[];
  /** What the text reports of those who see it otherwise. */
  readonly against: readonly Assertion[];
}

/** What the draft itself declares; nobody who acts may be called so. */
const ownNames =
  "article writer rival rival_cause rival_effect answer advised left_alone done usual push pushed comes_about follows only_for_a_reason".split(
    " ",
  );

interface Skeleton {
  readonly name: string;
  readonly title: string;
  readonly hash: string;
  readonly assertions: readonly Assertion[];
  readonly wired: Wired;
  readonly actors: readonly string[];
  readonly isEnglish: boolean;
}

function claimName(a: Pick<Assertion, "paragraph" | "sentence">): string {
  return `p${a.paragraph}s${a.sentence}`;
}

function caseText({ name, title, hash, assertions, wired, actors, isEnglish }: Skeleton): string {
  const namer = new Namer();
  for (const own of ownNames) namer.nameFor(own, own);
  const deciders = (actors.length > 0 ? actors : [theDecider]).map((label) => ({
    name: namer.nameFor(label, label === theDecider ? "decider" : label),
    label,
  }));
  // A text in which nothing was found still gets one claim to write over.
  const first = { paragraph: 1, sentence: 1, kinds: ["causal"], cue: "", isHedged: false, voice: null } as const;
  const claims = assertions.length > 0 ? assertions : [first];
  const { against } = wired;
  const gates = wired.writers.length > 0 ? wired.writers : claims.slice(0, 1);
  const hedged = assertions.filter((a) => a.isHedged && a.voice === null);
  const others = assertions.filter((a) => a.voice !== null);
  const named = others.find((a) => a.voice !== "others")?.voice;
  // Where the text itself reports what others hold, only what it passes over has to be asked for.
  const asked = against.length > 0 ? ["rival_effect"] : ["rival_cause", "rival_effect"];
  const rivals = [...others.map(claimName), ...asked];
  return `// A draft. Each claim waits for your own words; p1 s2 is the second sentence of the first paragraph. Strike what the argument does not need.

case ${name} ${quotedText(title)} {
  modeller "Your name"
  version "0.1"
  leading follows
  leaves out "Say here what the model does not hold."
}

source article { title ${quotedText(title)} sha256 "${hash}" }
wording { stated 95%  hedged 70%  passed_over 30%  denied 5% }

${claims.map((a) => claimLine(a, isEnglish)).join("\n")}

// What those who read it otherwise hold. Say who, and where they say it.
${against.length > 0 ? "" : 'claim rival_cause causal "Say what somebody else takes to be the cause." { credence 50%  side rival  from "Say who, and where" }\n'}claim rival_effect causal "Say what the advice does that the text passes over." { credence 50%  side rival  from "Say who, and where" }

view writer "The writer, as the text reads" for readers { every claim stated ${hedged.map((a) => `${claimName(a)} hedged`).join(" ")} ${rivals.map((r) => `${r} ${r === "rival_effect" ? "denied" : "passed_over"}`).join(" ")} }
view rival ${named === undefined || named === null ? '"Who reads it otherwise: say who"' : quotedText(`${named.charAt(0).toUpperCase()}${named.slice(1)}, as the text reports them`)} for readers { every claim passed_over ${rivals.map((r) => `${r} stated`).join(" ")} }

// Who acts.
${deciders.map((d) => `actor ${d.name} ${quotedText(d.label)}`).join("\n")}
choice answer "What is to be done" by ${deciders[0]?.name} = advised "What the text advises" { done 1 } | left_alone "What it advises against" { done 0 }

// A model to write over: each claim pushes the chance of what is to come by as much. Put what the argument is about in its place.
unknown usual : share "How often it comes about where none of this is so" ~ 20% to 60%  judged "Say what it rests on"
unknown push "How far one claim moves it: log odds" ~ 0.2 to 1  judged "Say what it rests on"
let pushed =
    0
${gates.map((a) => `  + push * answer.done  because ${claimName(a)} inferred`).join("\n")}
${against.length > 0 ? against.map((a) => `  - push * answer.done  because ${claimName(a)} inferred`).join("\n") : "  - push  because rival_cause ours"}
  - push * answer.done  because rival_effect ours
outcome comes_about : share "What the text is about: say what" = logistic(log(usual / (1 - usual)) + pushed)

conclusion follows "What follows, if the text is right: say it" of ${gates.map(claimName).join(", ")}:
  mean(comes_about if answer = advised) > mean(comes_about if answer = left_alone) by 5 points

expect only_for_a_reason "With every claim false, the advice changes nothing":
  mean(comes_about if answer = advised and no claim) within 0.1 points of mean(comes_about if answer = left_alone and no claim)
`;
}

function claimLine(a: Assertion, isEnglish: boolean): string {
  const where = placeText(a);
  const does = a.voice === null ? kindSays[a.kinds.at(-1) ?? "causal"] : "what it reports of others";
  const side = a.voice === null ? "" : "  side rival";
  const cue = isEnglish && a.cue !== "" ? `  // “${a.cue.replaceAll(/[\p{Cc}\s]+/gu, " ")}”` : "";
  return `claim ${claimName(a)} ${a.kinds.join(" ")} "Say in your own words ${does}, at ${where}." { at article ${where}  credence 50%${side} }${cue}`;
}

/** What somebody picked: sentences that showed nothing too, as causes until they say otherwise. */
function takeChosen(
  found: ReturnType<typeof findAssertions>,
  document: Document,
  chosen: ReadonlySet<string> | undefined,
): ReturnType<typeof findAssertions> {
  if (chosen === undefined) return found;
  const places = paragraphs(document).flatMap((p, paragraph) =>
    p.sentences.map((_, i) => ({ paragraph, sentence: i + 1 })),
  );
  const shown = new Map(found.assertions.map((a) => [placeText(a), a]));
  const plain = { kinds: ["causal"], cue: "", isHedged: false, voice: null } as const;
  return {
    assertions: places
      .filter((p) => chosen.has(placeText(p)))
      .map((p): Assertion => shown.get(placeText(p)) ?? { ...p, ...plain }),
    left: places.filter((p) => !chosen.has(placeText(p))).map((p): LeftSentence => ({ ...p, why: "not chosen" })),
  };
}

function readSentences(
  document: Document,
  assertions: readonly Assertion[],
  left: readonly LeftSentence[],
): readonly ReadSentence[] {
  const drafted = new Map(assertions.map((a) => [placeText(a), draftNote(a)]));
  const out = new Map(left.map((l) => [placeText(l), `left out: ${l.why}`]));
  const unknown = "left out: the words that show a claim are known in English only";
  return paragraphs(document).flatMap((p, paragraph) =>
    p.sentences.map(({ text }, i): ReadSentence => {
      const place = placeText({ paragraph, sentence: i + 1 });
      const note = drafted.get(place) ?? out.get(place) ?? unknown;
      return { place, paragraph, text, note, isDrafted: drafted.has(place) };
    }),
  );
}

function draftNote({ kinds, cue, isHedged, voice }: Assertion): string {
  const shown = cue === "" ? "" : `: “${cue}”`;
  return `${kinds.join(", ")}${shown}${isHedged ? ", hedged" : ""}${voice === null ? "" : `, of ${voice}`}`;
}

/** Every sentence, numbered, with what the draft made of it. */
function passageList(title: string, sentences: readonly ReadSentence[]): string {
  const rows = sentences.map(({ place, paragraph, text, note }, i) => {
    const gap = i > 0 && sentences[i - 1]?.paragraph !== paragraph ? "\n" : "";
    return `${gap}- **${place}** ${text}  \n  *${note}*`;
  });
  return `# ${title.replaceAll(/\s+/g, " ")}\n\nYour own copy, to draft from. It is the writer's text: neither the case nor its page needs it.\n\n${rows.join("\n")}\n`;
}

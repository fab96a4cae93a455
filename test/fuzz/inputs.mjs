/** Input `index` of a seed: its kind and its text, always the same for the same seeds of the repository. */

import { check, isClean, parse } from "../../dist/internal.js";
import { mutateBytes, mutateCase, mutateWords } from "./mutate.mjs";
import { randomOf } from "./random.mjs";
import { seedTexts } from "./seeds.mjs";

/** How often each kind comes, in hundredths. Reading costs little; solving and running cost more. */
const shares = [
  ["case", 78],
  ["game", 10],
  ["csv", 8],
  ["table", 4],
];

/** Of a text that checks: what is changed a little often still runs, and a short one runs quickly. */
const longestSound = 4000;

function isSound(text) {
  const document = { name: "fuzz.casus", text };
  const [tree, syntax] = parse(document);
  return isClean(syntax) && check([tree], [document])[0] !== null;
}

/** `extra`: seeds of kinds that are made, not read: gate tables. */
export function inputsOf(seed, extra = {}) {
  const texts = { ...seedTexts(), ...extra };
  const sound = texts.case.filter((text) => text.length <= longestSound && isSound(text));
  return (index) => {
    const random = randomOf(seed, index);
    let at = random.below(100);
    const kind = shares.find(([, share]) => (at -= share) < 0)?.[0] ?? "case";
    const of = texts[kind] ?? [];
    if (of.length === 0) return { kind: "case", input: mutateCase(random, random.pick(texts.case), texts.case) };
    const from = random.pick(kind === "case" && random.chance(0.75) ? sound : of);
    const mutate = { case: mutateCase, game: mutateWords, csv: mutateWords, table: mutateBytes }[kind];
    return { kind, input: mutate(random, from, of) };
  };
}

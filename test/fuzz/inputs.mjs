/** Input `index` of a seed: its kind and its text, always the same for the same seeds of the repository. */

import { deflateSync, strToU8 } from "fflate";
import { check, isClean, parse } from "../../dist/internal.js";
import {
  mutateBytes,
  mutateCase,
  mutateJson,
  mutateLines,
  mutateMarkup,
  mutateTokens,
  mutateWords,
} from "./mutate.mjs";
import { madeParquet } from "./made-parquet.mjs";
import { madeTables } from "./made-tables.mjs";
import { randomOf } from "./random.mjs";
import { seedTexts } from "./seeds.mjs";

/** How often each kind comes, in hundredths. Reading costs little; solving and running cost more. */
const shares = [
  ["case", 60],
  ["game", 7],
  ["csv", 5],
  ["table", 3],
  ["xmile", 5],
  ["mdl", 5],
  ["argdown", 3],
  ["aif", 2],
  ["lines", 2],
  ["parquet", 3],
  ["fragment", 3],
  ["settings", 2],
];

const mutators = {
  case: mutateCase,
  game: mutateWords,
  csv: mutateWords,
  table: mutateBytes,
  xmile: mutateMarkup,
  mdl: mutateTokens,
  argdown: mutateTokens,
  aif: mutateJson,
  lines: mutateLines,
  parquet: mutateBytes,
  fragment: mutateFragment,
  settings: mutateJson,
};

/** Mostly what an address holds is changed; now and then the address itself. */
function mutateFragment(random, text, others) {
  if (random.chance(0.15)) return mutateBytes(random, fragmentOf(text));
  return fragmentOf(mutateJson(random, text, others));
}

/** JSON as the part of an address after #. */
function fragmentOf(text) {
  return `#1.${Buffer.from(deflateSync(strToU8(text))).toString("base64url")}`;
}

/** Of a text that checks: what is changed a little often still runs, and a short one runs quickly. */
const longestSound = 4000;

function isSound(text) {
  const document = { name: "fuzz.casus", text };
  const [tree, syntax] = parse(document);
  return isClean(syntax) && check([tree], [document])[0] !== null;
}

export function inputsOf(seed) {
  const texts = { ...seedTexts(), table: madeTables(), parquet: madeParquet() };
  const sound = texts.case.filter((text) => text.length <= longestSound && isSound(text));
  return (index) => {
    const random = randomOf(seed, index);
    let at = random.below(100);
    const kind = shares.find(([, share]) => (at -= share) < 0)?.[0] ?? "case";
    const of = texts[kind] ?? [];
    if (of.length === 0) return { kind: "case", input: mutateCase(random, random.pick(texts.case), texts.case) };
    const from = random.pick(kind === "case" && random.chance(0.75) ? sound : of);
    const mutate = mutators[kind];
    return { kind, input: mutate(random, from, of) };
  };
}

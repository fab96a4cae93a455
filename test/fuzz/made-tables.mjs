/** Gate tables as files, made here: what the fuzzer's bytes start from. */

import {
  buildTable,
  askedOf,
  check,
  encodeTable,
  localLab,
  parse,
  referenceEngine,
  standing,
} from "../../dist/internal.js";

const text = `case small "A small case"
claim a causal "One thing leads to another." { credence 60% }
claim b causal "It does not last." { credence 30% }
unknown size : share ~ beta(2, 3)
let gain : share = size * 10%  because a
let loss : share = size * 5%  because b
outcome net = gain - loss
conclusion up "It goes up" : mean(net) > 0
`;

/** As texts of characters 0 … 255. */
export function madeTables() {
  return tables;
}

const tables = await make();

async function make() {
  const document = { name: "small.casus", text };
  const [model] = check([parse(document)[0]], [document]);
  if (model === null) return [];
  const lab = localLab(async () => {}, referenceEngine);
  const found = [];
  for (const exact of [12, 0]) {
    const request = { view: "case", serves: ["case"], seed: 7, worlds: 32, patterns: 64, exact };
    const table = await buildTable(model, [askedOf(model, "up")], standing(model, {}), request, lab);
    found.push(Buffer.from(encodeTable(table, "key")).toString("latin1"));
  }
  return found;
}

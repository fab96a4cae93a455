/** A claim of the other side that works for the conclusion is remarked on, and only where the conclusion says whose it is. */

import { expect, it } from "vitest";
import { explainFindings } from "#analysis/carries/explain.ts";
import { explainBlocks } from "#report/sections/explain-section.ts";
import { checked } from "../model/checked.ts";
import { quickLab } from "../lab.ts";

const text = (of: string) => `case toll "Which toll?" { leading small }
claim quicker causal "The lorries save an hour." { credence 50% }
claim crumbles causal "The bridge wears out sooner." { credence 50%  side sceptics }
claim noisy causal "It is noisy." { credence 50%  side sceptics }
actor town
choice toll "Toll" by town = small { lorries 1 } | large { lorries 3 }
let worth : eur =
    4 eur
  + 1 eur * toll.lorries  because quicker
  - 2 eur * toll.lorries  because crumbles
  - 1 eur / toll.lorries  because noisy
outcome gain : eur = worth
conclusion small "A small toll is worth more" ${of}: mean(gain if toll = small) > mean(gain if toll = large)
`;

async function printed(of: string): Promise<string> {
  const model = checked(text(of));
  const request = { views: ["case"], seed: 1, worlds: 128, set: {}, vary: [], series: [], budget: 1e9 };
  const found = await explainFindings({
    model,
    name: "small",
    request,
    game: "removal",
    options: { exact: 12, patterns: 64, unknowns: 0 },
    lab: quickLab(),
  });
  const provenance = {
    case: model.name,
    title: model.title,
    hash: "0".repeat(64),
    engine: "casus test",
    version: model.version,
    modeller: model.modeller,
    asOf: model.asOf,
    leavesOut: model.leavesOut,
  };
  return JSON.stringify(explainBlocks(found, provenance, { everything: false }));
}

it("names the claim of the other side that helps", async () => {
  const said = await printed("of quicker");
  expect(said).toContain("crumbles is of the side 'sceptics', yet it works for this conclusion.");
  expect(said).not.toMatch(/noisy[^.]*, yet (it works|they work)/);
});

it("says nothing where the conclusion is theirs, or nobody's", async () => {
  expect(await printed("of crumbles")).not.toContain("for this conclusion.");
  expect(await printed("")).not.toContain("for this conclusion.");
});

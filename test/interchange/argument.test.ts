/** Argument maps: Argdown and AIF become drafts of cases; a case's claims become Argdown that reads back. */

import { describe, expect, it } from "vitest";
import { importArgument } from "#interchange/argument/draft-case.ts";
import { readArgdown } from "#interchange/argument/read-argdown.ts";
import { readAif } from "#interchange/argument/read-aif.ts";
import { writeArgdown } from "#interchange/argument/write-argdown.ts";
import { UnreadableFile } from "#interchange/problem.ts";
import { checked } from "../model/checked.ts";
import { letter } from "./letter.ts";

const map = `===
title: "Should we guarantee?"
===

// A comment, with [Not]: a statement
# The question

[Guarantee]: We should guarantee the neighbour. #policy {credence: 0.4}
  + <Deterrence>: A guarantee makes an attack look dear.
    - [Bluff]: Nobody believes guarantees.
      _ [Record]: They were believed in 1950.
  <- [Cost]: It "costs" too much.
  >< [Neutrality]

[Neutrality]: We should stay neutral.
  +> [Peace]: There is peace.

<Deterrence>

(1) [Premise one]: Attackers weigh costs.
(2) A second premise without a name.
----
(3) [Peace]
`;

describe("Argdown", () => {
  it("is read with every kind of relation", () => {
    const [found, losses] = readArgdown({ name: "m.argdown", text: map });
    expect(losses).toEqual([]);
    expect(found.title).toBe("Should we guarantee?");
    expect(found.relations).toEqual([
      { from: "Deterrence", to: "Guarantee", kind: "supports" },
      { from: "Bluff", to: "Deterrence", kind: "attacks" },
      { from: "Record", to: "Bluff", kind: "undercuts" },
      { from: "Cost", to: "Guarantee", kind: "attacks" },
      { from: "Guarantee", to: "Neutrality", kind: "contradicts" },
      { from: "Neutrality", to: "Peace", kind: "supports" },
    ]);
    expect(found.statements.map((s) => [s.key, s.text, s.kind])).toEqual([
      ["Guarantee", "We should guarantee the neighbour.", "claim"],
      ["Deterrence", "A guarantee makes an attack look dear.", "argument"],
      ["Bluff", "Nobody believes guarantees.", "claim"],
      ["Record", "They were believed in 1950.", "claim"],
      ["Cost", 'It "costs" too much.', "claim"],
      ["Neutrality", "We should stay neutral.", "claim"],
      ["Peace", "There is peace.", "claim"],
      ["Premise one", "Attackers weigh costs.", "claim"],
      ["Statement 1", "A second premise without a name.", "claim"],
    ]);
  });

  it("becomes a case that checks, contradictions as 'one of'", () => {
    const { text, claims } = importArgument({ name: "m.argdown", text: map });
    const model = checked(text);
    expect(claims).toBe(9);
    expect(model.groups.map((g) => g.claims)).toEqual([["guarantee", "neutrality"]]);
    expect(model.claims.find((c) => c.name === "bluff")?.notes).toEqual(["Speaks against 'deterrence'."]);
  });

  it("is written from a case's claims, and reads back with the same grounds and exclusions", () => {
    const written = writeArgdown(checked(letter));
    const [found] = readArgdown({ name: "letter.argdown", text: written });
    expect(found.title).toBe("Did the letter help?");
    expect(found.statements.map((s) => [s.key, s.text])).toEqual([
      ["read", "Letters are read; even (these)."],
      ["lost", "Letters are lost."],
      ["kept", "Letters are kept."],
      ["helps", "A letter helps"],
    ]);
    expect(found.relations).toEqual([
      { from: "lost", to: "kept", kind: "contradicts" },
      { from: "read", to: "helps", kind: "supports" },
      { from: "lost", to: "helps", kind: "supports" },
    ]);
  });
});

describe("AIF", () => {
  const aif = {
    nodes: [
      { nodeID: 1, text: "It rains.", type: "I" },
      { nodeID: "2", text: "The street is wet.", type: "I" },
      { nodeID: "3", text: "Default Inference", type: "RA" },
      { nodeID: "4", text: "It is July.", type: "I" },
      { nodeID: "5", text: "Default Conflict", type: "CA" },
      { nodeID: "6", text: "who said it", type: "L" },
    ],
    edges: [
      { edgeID: "1", fromID: "1", toID: "3" },
      { edgeID: "2", fromID: "3", toID: "2" },
      { edgeID: "3", fromID: "4", toID: "5" },
      { edgeID: "4", fromID: "5", toID: "3" },
    ],
  };

  it("joins statements through its inference and conflict nodes", () => {
    const [found, losses] = readAif({ name: "m.json", text: JSON.stringify(aif) });
    expect(losses).toEqual([]);
    expect(found.relations).toEqual([
      { from: "1", to: "2", kind: "supports" },
      { from: "4", to: "2", kind: "undercuts" },
    ]);
    const model = checked(importArgument({ name: "m.json", text: JSON.stringify(aif) }).text);
    expect(model.claims.map((c) => c.name)).toEqual(["it_rains", "the_street_is_wet", "it_is_july"]);
  });

  it.each([
    ["{", /no JSON/],
    ["[]", /no AIF/],
    ['{"nodes":[{"text":"a"}],"edges":[]}', /nodes\.0\.nodeID/],
    ['{"nodes":[],"edges":[]}', /no information node/],
  ])("refuses %s", (text, message) => {
    expect(() => importArgument({ name: "bad.json", text })).toThrow(UnreadableFile);
    expect(() => importArgument({ name: "bad.json", text })).toThrow(message);
  });
});

it("an empty map is refused", () =>
  expect(() => importArgument({ name: "a.argdown", text: "\n\n" })).toThrow(/no statement/));

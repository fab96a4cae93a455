/** The same bits everywhere: one hash over all outputs of a case, on both engines, in whatever runs these tests. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { fingerprint } from "#ensemble/fingerprint.ts";
import { referenceEngine } from "#kernel/engine.ts";
import { engineNamed } from "#kernel/wasm/engine.ts";

const document = {
  name: "regime.casus",
  text: readFileSync(join(import.meta.dirname, "../../bench/regime.casus"), "utf8"),
};
const [model] = check([parse(document)[0]], [document]);
if (model === null) throw new Error("the bench's model has errors");

/** Of 101 worlds; what other engines of JavaScript must give too. */
const known = "299591811b00089e5a4c1f93f57ce662c6237fbec02ccefea88e13f7a9ec88e3";

test("the bench's model has the hash that is known of it, on either engine", () => {
  const compiled = engineNamed("wasm", globalThis, (note) => expect.unreachable(note));
  expect(fingerprint(model, compiled, 101)).toBe(known);
  expect(fingerprint(model, referenceEngine, 101)).toBe(known);
});

test("another seed or one world more is another hash", () => {
  const hashes = [
    fingerprint(model, referenceEngine, 3),
    fingerprint(model, referenceEngine, 4),
    fingerprint(model, referenceEngine, 3, 2),
  ];
  expect(new Set(hashes).size).toBe(3);
});

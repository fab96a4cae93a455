/** What is bundled for another engine of JavaScript: models as JSON in, the fingerprint of each on both engines out. */

import { fingerprint } from "#ensemble/fingerprint.ts";
import { referenceEngine } from "#kernel/engine.ts";
import { engineNamed } from "#kernel/wasm/engine.ts";
import type { Model } from "#model/model.ts";

export interface Hashed {
  readonly compiled: string;
  readonly reference: string;
}

export function hashesOf(json: string): readonly Hashed[] {
  const compiled = engineNamed("wasm", globalThis, (note) => {
    throw new Error(note);
  });
  return (JSON.parse(json) as { readonly model: Model; readonly worlds: number }[]).map(({ model, worlds }) => ({
    compiled: fingerprint(model, compiled, worlds),
    reference: fingerprint(model, referenceEngine, worlds),
  }));
}

Object.assign(globalThis, { hashesOf });

/** A small model's module as text, beside the golden copy that people read. `CASUS_GOLDEN=1` writes it anew. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "#kernel/compile.ts";
import { encode } from "#kernel/wasm/encode.ts";
import { kernelOf } from "#kernel/wasm/kernel.ts";
import { modelOf } from "../runs.ts";
import { wat } from "./wat.ts";

const golden = join(import.meta.dirname, "small.wat");

const model = modelOf(`
time 2022-01 to 2022-07 by month
claim heavy causal "It pulls." { credence 50% }
unknown pull : share ~ uniform(0%, 10%) judged
stock level : share = 50% within 0..1
  - pull * level / 1 month because heavy
outcome low : share = final(level)
`);

test("the module of a small model reads as it did", () => {
  const plan = compile(model, { choices: {}, suppositions: [] }, { finals: [], always: [], series: [] });
  const { module } = kernelOf(plan, false);
  // The tables of exp and the functions that every kernel has are left out: they are tested by value.
  const own = new Set(["begin", "prepare", "pass_0", "pass_1", "step", "end", "run"]);
  const text = wat({ ...module, data: [] })
    .split("\n  (func ")
    .filter((part, i) => i === 0 || own.has(/^\$(\S+?)[ (]/.exec(part)?.[1] ?? ""))
    .join("\n  (func ");
  if (process.env["CASUS_GOLDEN"] === "1") writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, "utf8"));
  const host = globalThis as unknown as { readonly WebAssembly: { readonly validate: (bytes: Uint8Array) => boolean } };
  expect(host.WebAssembly.validate(encode(module))).toBe(true);
});

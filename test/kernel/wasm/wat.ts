/** Writes a module as WebAssembly text: for people, and for the golden copy of a small model. */

import type { FunctionType, WasmModule } from "#kernel/wasm/encode.ts";
import type { Instruction } from "#kernel/wasm/instruction.ts";

export function wat(module: WasmModule): string {
  const lines = ["(module"];
  const names = [...module.imports.map((i) => i.name), ...module.functions.map((f) => f.name)];
  for (const i of module.imports) lines.push(`  (import "env" "${i.name}" (func $${i.name}${typeText(i.type)}))`);
  lines.push(`  (import "env" "memory" (memory ${module.memoryPages}))`);
  for (const d of module.data)
    lines.push(
      `  (data (i32.const ${d.offset}) "${[...d.bytes].map((b) => `\\${b.toString(16).padStart(2, "0")}`).join("")}")`,
    );
  for (const f of module.functions) {
    lines.push(`  (func $${f.name}${f.isExported ? ` (export "${f.name}")` : ""}${typeText(f.type)}`);
    if (f.locals.length > 0) lines.push(`    (local ${f.locals.join(" ")})`);
    let depth = 2;
    for (const i of f.body) {
      if (i.op === "end" || i.op === "else") depth--;
      lines.push("  ".repeat(depth) + instructionText(i, names));
      if (i.op === "block" || i.op === "loop" || i.op === "if" || i.op === "else") depth++;
    }
    lines.push("  )");
  }
  return `${[...lines, ")"].join("\n")}\n`;
}

function typeText(type: FunctionType): string {
  const parameters = type.parameters.length > 0 ? ` (param ${type.parameters.join(" ")})` : "";
  return parameters + (type.results.length > 0 ? ` (result ${type.results.join(" ")})` : "");
}

function instructionText(i: Instruction, names: readonly string[]): string {
  if ("index" in i) return i.op === "call" ? `call $${names[i.index] ?? i.index}` : `${i.op} ${i.index}`;
  if ("offset" in i) return i.offset === 0 ? i.op : `${i.op} offset=${i.offset}`;
  if ("lane" in i) return `${i.op} ${i.lane}`;
  if ("lanes" in i) return `v128.const i64x2 ${i.lanes.map((l) => `0x${l.toString(16)}`).join(" ")}`;
  if ("bytes" in i) return `${i.op} ${i.bytes.join(" ")}`;
  if ("depths" in i) return `${i.op} ${i.depths.join(" ")}`;
  if ("result" in i) return i.result === null ? i.op : `${i.op} (result ${i.result})`;
  if ("value" in i) return `${i.op} ${numberText(i.value)}`;
  return i.op;
}

function numberText(value: number | bigint): string {
  if (typeof value === "bigint") return value.toString();
  if (value !== value) return "nan";
  if (value === Infinity || value === -Infinity) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : value.toString();
}

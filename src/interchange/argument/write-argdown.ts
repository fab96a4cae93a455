/** Writes the claims of a case as an Argdown map: what each says, where it stands, what it is a ground of, what it excludes. */

import type { Model } from "#model/model.ts";
import { locatorText } from "#model/locator.ts";

/** Claims are statements, conclusions the statements they support; `one of` is a contradiction between each two of its claims. */
export function writeArgdown(model: Model): string {
  const claims = model.claims.map((c) => {
    const data = [
      `credence: ${c.credences.at(-1)?.credence ?? 0.5}`,
      ...c.locators.map((l, i) => `at${i === 0 ? "" : i + 1}: "${locatorText(l).replaceAll('"', "'")}"`),
    ];
    const excluded = model.groups
      .filter((g) => g.claims.includes(c.name))
      .flatMap((g) => g.claims.slice(g.claims.indexOf(c.name) + 1));
    return [
      `[${c.name}]: ${oneLine(c.label)} ${c.kinds.map((k) => `#${k}`).join(" ")} {${data.join(", ")}}`,
      ...excluded.map((other) => `  >< [${other}]`),
    ].join("\n");
  });
  const conclusions = model.conclusions.map((c) =>
    [
      `[${c.name}]: ${oneLine(c.label)} #conclusion {statement: "${oneLine(c.comparison.text).replaceAll('"', "'")}"}`,
      ...c.of.map((claim) => `  <+ [${claim}]`),
    ].join("\n"),
  );
  const head = [
    `title: ${oneLine(model.title)}`,
    ...(model.modeller === null ? [] : [`author: ${oneLine(model.modeller)}`]),
    ...(model.asOf === null ? [] : [`date: ${model.asOf}`]),
  ];
  return (
    [
      `===\n${head.join("\n")}\n===`,
      ...(claims.length === 0 ? [] : ["# Claims", ...claims]),
      ...(conclusions.length === 0 ? [] : ["# Conclusions", ...conclusions]),
    ].join("\n\n") + "\n"
  );
}

/** A statement ends with its line; braces and brackets would begin something else. */
function oneLine(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[{}[\]<>]/g, (c) => ({ "{": "(", "}": ")", "[": "(", "]": ")", "<": "‹", ">": "›" })[c] ?? c)
    .trim();
}

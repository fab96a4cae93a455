/** What can be wrong in the characters and the grammar of a case. */

import type { Entry } from "./entry.ts";

/** `did you mean 'a' or 'b'?`, or what to do where nothing is near. */
function orElse(near: readonly string[], otherwise: string): string {
  return near.length > 0 ? `did you mean ${near.map((n) => `'${n}'`).join(" or ")}?` : otherwise;
}

function listed(words: readonly string[]): string {
  return words.join(", ");
}

/** A date written with too few digits, as it was meant; nothing for what is no date at all. */
function dateMeant(written: string): readonly string[] {
  const parts = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(written);
  if (parts === null) return [];
  return [
    parts
      .slice(1)
      .flatMap((part) => (part === undefined ? [] : [part.padStart(2, "0")]))
      .join("-"),
  ];
}

/** Signs that mean something elsewhere, with what to write here. */
const insteadOf: ReadonlyMap<string, string> = new Map([
  ["±", "write the two ends: 20% to 40%; or normal(30%, 6%)"],
  ["?", "write: if CONDITION then VALUE else VALUE"],
  ["€", "write the currency after the number: 5 eur"],
  ["$", "write the currency after the number: 5 usd"],
  ["£", "write the currency after the number: 5 gbp"],
]);

export const languageCatalogue = {
  // ---- characters
  "unexpected-character": (p: { character: string }): Entry => {
    const instead = insteadOf.get(p.character);
    return {
      message: `'${p.character}' has no meaning here`,
      hint: instead ?? "remove it, or put it inside a text in quotes",
      replace: instead === undefined ? [""] : [],
    };
  },
  "comment-form": (p: { sign: string }): Entry => ({
    message: `'${p.sign}' does not begin a comment`,
    hint: "write: // and the comment, up to the end of the line",
  }),
  "wrong-quotes": (p: { written: string }): Entry => ({
    message: `a text must be in straight double quotes, not in ${p.written}`,
    hint: 'write: "…"',
  }),
  "unterminated-string": (_: object): Entry => ({
    message: "the text is not closed on its line",
    hint: 'close it with "; for a line break inside a text write \\n',
  }),
  "unknown-escape": (p: { written: string }): Entry => ({
    message: `'\\${p.written}' is no escape`,
    hint: 'inside a text write \\n for a line break, \\" for a quote, \\\\ for a backslash',
  }),
  "date-form": (p: { written: string }): Entry => ({
    message: `'${p.written}' is not a date`,
    hint: "write a date as 2022-01 or 2022-01-15; for a subtraction put spaces around the minus",
    replace: dateMeant(p.written),
  }),
  "no-such-month": (p: { written: string }): Entry => ({
    message: `there is no month like that in '${p.written}'`,
    hint: "months are 01 to 12, years begin with 0001",
  }),
  "no-such-day": (p: { written: string; last: number }): Entry => ({
    message: `there is no such day as '${p.written}'`,
    hint: `the days of that month are 01 to ${p.last}`,
    replace: p.last > 0 ? [p.written.replace(/\d+$/, String(p.last))] : [],
    isGuess: true,
  }),
  "number-out-of-range": (p: { written: string }): Entry => ({
    message: `'${p.written}' is too large or too small for a number`,
    hint: "numbers reach from about 5e-324 to 1.8e308; choose another unit",
  }),
  "foreign-sign": (p: { written: string; ours: string }): Entry => ({
    message: `'${p.written}' is not a sign of this language`,
    hint: p.ours === "" ? "leave it out: nothing ends a line here" : `write: ${p.ours}`,
    replace: [p.ours],
  }),
  "stray-percent": (_: object): Entry => ({
    message: "'%' has no number before it",
    hint: "write the number before it, as in 65%",
    replace: [""],
    isGuess: true,
  }),
  "comma-in-number": (p: { left: string; right: string }): Entry => ({
    message: `'${p.left},${p.right}' is not a number`,
    hint:
      p.right.length === 3 && p.left !== "0"
        ? `write ${p.left}_${p.right} or ${p.left}${p.right} for thousands, ${p.left}.${p.right} for a fraction`
        : `write: ${p.left}.${p.right}`,
  }),
  "grouped-number": (p: { written: string; figure: string }): Entry => ({
    message: `'${p.written}' is not a number`,
    hint: `write: ${p.figure}`,
    replace: [p.figure],
  }),

  // ---- declarations
  "unknown-declaration": (p: { word: string; near: readonly string[]; known: readonly string[] }): Entry => ({
    message: `'${p.word}' begins no declaration`,
    hint: orElse(p.near, `declarations begin with ${listed(p.known)}`),
    replace: p.near,
  }),
  expected: (p: { wanted: string; found: string }): Entry => ({
    message: `${p.wanted} is needed here, not ${p.found}`,
    hint: `write ${p.wanted}`,
  }),
  unexpected: (p: { found: string; after: string | null }): Entry => ({
    message: p.after === null ? `${p.found} cannot stand here` : `${p.found} cannot follow here in this '${p.after}'`,
    hint: "remove it, or begin a new declaration on a line of its own",
    replace: [""],
    isGuess: true,
  }),
  "missing-name": (p: { declaration: string; found: string }): Entry => ({
    message: `this '${p.declaration}' has no name, but ${p.found}`,
    hint: `write a name after '${p.declaration}': a letter, then letters, digits and _`,
  }),
  "reserved-name": (p: { word: string }): Entry => ({
    message: `'${p.word}' is a word of the language and cannot be a name`,
    hint: `choose another, such as '${p.word}_'`,
    replace: [`${p.word}_`],
    isGuess: true,
  }),
  "hyphen-in-name": (p: { name: string }): Entry => ({
    message: `'${p.name}' has a hyphen, which is a minus here`,
    hint: `write: ${p.name.replaceAll("-", "_")}`,
  }),
  "space-in-name": (p: { name: string; joined: string }): Entry => ({
    message: `a name cannot hold a space: ${p.name}`,
    hint: `write ${p.joined}, everywhere`,
  }),
  "label-without-quotes": (p: { name: string; label: string }): Entry => ({
    message: `the label of '${p.name}' lacks its quotes`,
    hint: `write: ${JSON.stringify(p.label)}`,
  }),
  "unit-without-colon": (p: { name: string; unit: string }): Entry => ({
    message: `the unit of '${p.name}' lacks its colon`,
    hint: `write: ${p.name} : ${p.unit}`,
  }),
  "missing-label": (p: { declaration: string; name: string }): Entry => ({
    message: `the ${p.declaration} '${p.name}' does not say what it is about`,
    hint:
      p.declaration === "claim" ? "write what it claims, in your own words, in quotes" : "write its question in quotes",
  }),
  "missing-text": (p: { wanted: string; found: string }): Entry => ({
    message: `${p.wanted} is needed here in quotes, not ${p.found}`,
    hint: `write ${p.wanted} in "…"`,
  }),
  "missing-date": (p: { wanted: string; found: string }): Entry => ({
    message: `${p.wanted} is needed here, not ${p.found}`,
    hint: "write a date as 2022-01 or 2022-01-15",
  }),
  "missing-kind": (p: { known: readonly string[] }): Entry => ({
    message: "the claim does not say of what kind it is",
    hint: `write one or more of ${listed(p.known)} after its name`,
    replace: [" causal"],
    isGuess: true,
  }),
  "unknown-kind": (p: { word: string; near: readonly string[]; known: readonly string[] }): Entry => ({
    message: `'${p.word}' is no kind of claim`,
    hint: orElse(p.near, `the kinds are ${listed(p.known)}`),
    replace: p.near,
  }),
  "unknown-state": (p: { found: string; near: readonly string[]; known: readonly string[] }): Entry => ({
    message: `${p.found} is no state of a forecast`,
    hint: orElse(p.near, `the states are ${listed(p.known)}`),
  }),
  "unknown-method": (p: { word: string; near: readonly string[] }): Entry => ({
    message: `there is no method of integration called '${p.word}'`,
    hint: orElse(p.near, "write: using euler, or: using rk4"),
    replace: p.near,
  }),
  "missing-comma": (p: { found: string }): Entry => ({
    message: `a comma is missing before ${p.found}`,
    hint: "separate the names by commas",
    replace: [","],
  }),
  "short-row": (p: { claim: string; found: number; views: readonly string[] }): Entry => ({
    message: `the row of '${p.claim}' has ${p.found === 1 ? "one credence" : `${p.found} credences`}, and there ${p.views.length === 1 ? "is one view" : `are ${p.views.length} views`}: ${listed(p.views)}`,
    hint: "write one for each on its line; - leaves the case's own",
  }),
  "neither-last": (_: object): Entry => ({
    message: "'neither' closes the list",
    hint: "move it to the end",
  }),
  "too-few": (p: { declaration: string; least: number; things: string }): Entry => ({
    message: `this '${p.declaration}' needs at least ${p.least} ${p.things}`,
    hint: `list ${p.least} or more`,
  }),
  "locator-form": (p: { found: string }): Entry => ({
    message: `a passage is named by source, paragraph and sentence, not by ${p.found}`,
    hint: "write it as: at article p9 s1-2",
  }),
  "sentence-range": (p: { first: number; last: number }): Entry => ({
    message: `there are no sentences ${p.first} to ${p.last}`,
    hint: "sentences are counted from s1, and the range goes upward: s1-3",
  }),
  "missing-credence": (p: { found: string }): Entry => ({
    message: `a credence is needed here, not ${p.found}`,
    hint: "write a share such as 60%, or a word of the wording",
    replace: [" 50%"],
    isGuess: true,
  }),
  "name-in-quotes": (p: { name: string }): Entry => ({
    message: "a name stands without quotes",
    hint: `write: ${p.name}`,
    replace: [p.name],
  }),
  "missing-unit": (p: { found: string }): Entry => ({
    message: `a unit is needed here, not ${p.found}`,
    hint: "write a unit such as share, month or usd/year",
  }),
  "unit-after-label": (_: object): Entry => ({
    message: "the unit belongs before the label",
    hint: 'write: name : unit "label"',
  }),
  "unit-definition": (p: { name: string; found: string }): Entry => ({
    message: `the unit '${p.name}' is defined by a number and a unit, not by ${p.found}`,
    hint: `write it as: unit ${p.name} = 1000 usd`,
  }),
  "unit-power": (p: { found: string }): Entry => ({
    message: `${p.found} is no power of a unit`,
    hint: "powers are whole numbers from -9 to 9, not 0",
  }),
  "spaced-unit": (p: { unit: string }): Entry => ({
    message: "units are written without spaces",
    hint: `write: ${p.unit}`,
  }),
  "unit-after-percent": (p: { percent: string; word: string }): Entry => ({
    message: `'${p.percent}' is a plain number and takes no unit`,
    hint: `write: ${p.percent.replace("%", "")} percent/${p.word}, where '${p.word}' is what it is counted by`,
  }),

  // ---- clauses
  "unknown-clause": (p: {
    word: string;
    declaration: string;
    near: readonly string[];
    known: readonly string[];
  }): Entry => ({
    message: `'${p.word}' begins no clause of this '${p.declaration}'`,
    hint: orElse(p.near, `its clauses begin with ${listed(p.known)}`),
    replace: p.near,
  }),
  "clause-not-here": (p: { word: string; declaration: string; known: readonly string[] }): Entry => ({
    message: `'${p.word}' cannot stand here in this '${p.declaration}'`,
    hint: p.known.length > 0 ? `here may stand ${listed(p.known)}` : "the line ends here, or a new declaration begins",
  }),
  "sign-not-needed": (p: { sign: string }): Entry => ({
    message: `'${p.sign}' is not needed here`,
    hint: "leave it out",
    replace: [""],
  }),
  "clause-too-late": (p: { word: string; declaration: string; after: string }): Entry => ({
    message: `'${p.word}' of this '${p.declaration}' comes after ${p.after}`,
    hint: `move it before ${p.after}`,
  }),
  "duplicate-clause": (p: { clause: string; declaration: string }): Entry => ({
    message: `this '${p.declaration}' has '${p.clause}' twice`,
    hint: "keep one of them",
  }),
  "missing-clause": (p: {
    declaration: string;
    name: string;
    clause: string;
    means: string;
    example: string;
  }): Entry => ({
    message: `the ${p.declaration} '${p.name}' does not say ${p.means}`,
    hint: `add '${p.clause}', as in: ${p.example}`,
  }),
  "missing-brace": (p: { declaration: string; word: string }): Entry => ({
    message: `the body of a ${p.declaration} must be in braces`,
    hint: `write '{' before '${p.word}' and '}' at the end`,
  }),
  "unclosed-bracket": (p: { close: string; found: string }): Entry => ({
    message: `'${p.close}' is missing before ${p.found}`,
    hint: `close the bracket with '${p.close}'`,
  }),
  "stray-bracket": (p: { bracket: string }): Entry => ({
    message: `'${p.bracket}' closes nothing`,
    hint: "remove it, or open the bracket before",
    replace: [""],
  }),
  "missing-timing": (p: { declaration: string; name: string }): Entry => ({
    message: `the ${p.declaration} '${p.name}' does not say when it may happen`,
    hint: "add a rate, at and dates, every and a period, on and an event, or when and a condition",
  }),
  "missing-effect": (p: { found: string; near: readonly string[] }): Entry => ({
    message: `an effect should stand after 'then', not ${p.found}`,
    hint: orElse(p.near, "write: set STOCK = VALUE, add VALUE to STOCK, or stop"),
    replace: p.near,
  }),
  "effects-beside-options": (_: object): Entry => ({
    message: "a policy has options or effects of its own, not both",
    hint: "give each option its effects with 'then'",
  }),
  "missing-otherwise": (p: { view: string }): Entry => ({
    message: `nothing says which view is held when '${p.view}' is not`,
    hint: "add: otherwise VIEW",
  }),
  "comma-for-bar": (_: object): Entry => ({
    message: "options are separated by '|'",
    hint: "write: = a | b",
    replace: ["|"],
  }),
  "missing-distribution": (p: { declaration: string; name: string; found: string }): Entry => ({
    message: `the ${p.declaration} '${p.name}' has no distribution, but ${p.found}`,
    hint: "write: ~ 10% to 40%, or another distribution",
  }),
  "equals-for-tilde": (p: { declaration: string }): Entry => ({
    message: `what the ${p.declaration} may be is a distribution, which '~' introduces`,
    hint: "write: ~ and the distribution; for a fixed figure use 'let'",
    replace: ["~"],
  }),
  "tilde-for-equals": (p: { declaration: string }): Entry => ({
    message: `a ${p.declaration} has a value, which '=' introduces`,
    hint: "write: = and the value; for something uncertain use 'unknown'",
    replace: ["="],
  }),
  "unknown-family": (p: { word: string; near: readonly string[]; known: readonly string[] }): Entry => ({
    message: `there is no distribution called '${p.word}'`,
    hint: orElse(p.near, `there are ${listed(p.known)}, and intervals such as 10% to 40%`),
    replace: p.near,
  }),
  "no-distribution": (p: { constant: string; interval: string | null }): Entry => ({
    message: "this is one value, not a distribution",
    hint: `write an interval such as ${p.interval ?? "10% to 40%"}, or a family such as normal(mean, sd); where it is known exactly: ${p.constant}`,
  }),
  "interval-form": (p: { written: string }): Entry => ({
    message: "an interval has two ends, each written in full, and 'to' between them",
    hint: `write: ${p.written}`,
  }),
  "range-form": (_: object): Entry => ({
    message: "a range is written with '..' between its ends",
    hint: "write: low..high, as in 0..1",
  }),
  "endless-range": (_: object): Entry => ({
    message: "this range has no end",
    hint: "write one or both ends: 0..1, 0.., ..1",
  }),

  // ---- bodies
  "if-for-because": (p: { word: string }): Entry => ({
    message: `what a line hangs on stands after 'because', not '${p.word}'`,
    hint: "write: because",
    replace: ["because"],
  }),
  "comma-in-condition": (_: object): Entry => ({
    message: "conditions are joined by a word, not by a comma",
    hint: "write 'and' where all must be true, 'or' where one will do",
    replace: [" and", " or"],
  }),
  "mixed-body": (p: { sign: string; kind: "sum" | "product" }): Entry => ({
    message: `a line that begins with '${p.sign}' stands among lines that are ${p.kind === "sum" ? "added" : "multiplied"}`,
    hint: "all lines of a body are added or all are multiplied; put the others in brackets or in a 'let' of their own. A product may begin with an amount 'because' of a claim",
  }),
  "because-first-factor": (p: { line: string }): Entry => ({
    message: `a product begins with '${p.line}', which could count as 0 or as 1 where that is false`,
    hint: "if it makes the rest larger or smaller, write 1 on the first line and put it on the next, after '*'; if it is an amount, give it a 'let' of its own, which counts as 0",
  }),
  "because-factor-unit": (p: { text: string; is: string }): Entry => ({
    message: `'${p.text}' ${p.is}; where the claim is false it would count as 1, which has no unit`,
    hint: "begin the product with it, where it counts as 0; or say what holds otherwise: (if … then … else …)",
  }),
  "idle-line": (p: { line: string; counts: 0 | 1 }): Entry => ({
    severity: "warning",
    message: `'${p.line}' changes nothing: it counts as ${p.counts} either way`,
    hint: "write what the claim changes; an amount that is there only where the claim is true is a line '+ amount because claim', or begins the product",
  }),
  "loose-term": (p: { sign: string; kind: "sum" | "product" }): Entry => ({
    message: `'${p.sign}' in a line of a ${p.kind} would belong to the whole body`,
    hint: "put the line's expression in brackets",
  }),
  "flow-sign": (p: { sign: string }): Entry => ({
    message: `the flows of a stock are added or taken away, not begun with '${p.sign}'`,
    hint: "begin the line with + or -",
  }),
  "too-many-terms": (p: { most: number }): Entry => ({
    message: `a body has at most ${p.most} terms`,
    hint: "gather some of them in a 'let'",
  }),
  "because-not-here": (p: { declaration: string }): Entry => ({
    message: `'because' cannot stand here in this '${p.declaration}'`,
    hint:
      p.declaration === "stock"
        ? "give what comes and goes lines of their own below, each with its 'because': + amount because claim"
        : "write it at the end of a line of a sum or product, of an effect, or of an event",
  }),
  "because-of-which": (p: { word: string }): Entry => ({
    message: `'${p.word}' on a line of its own could mean the last line or the whole`,
    hint: "write it at the end of the line it belongs to, or before 'rate' for the whole event",
  }),
  "because-after-several": (p: { kind: "sum" | "quotient" | "whole" }): Entry => ({
    message: `'because' after several ${p.kind === "sum" ? "added terms" : "factors"} on one line does not say which of them it covers`,
    hint:
      p.kind === "sum"
        ? "give each term a line of its own, or put them in brackets"
        : "put them in brackets, or give each a line of its own",
  }),
  "mark-not-here": (p: { mark: string; declaration: string }): Entry => ({
    message: `the mark '${p.mark}' cannot stand here in this '${p.declaration}'`,
    hint: "write a mark at the end of a line of a body or an effect, or of the head of an event, a choice or a conclusion",
    replace: [""],
    isGuess: true,
  }),

  // ---- expressions
  "missing-value": (p: { after: string; found: string }): Entry => ({
    message:
      p.after === "" ? `a value is needed here, not ${p.found}` : `a value should follow '${p.after}', not ${p.found}`,
    hint: "write a number, a name, a function's call or brackets",
  }),
  "nothing-between": (p: { left: string; right: string; near: readonly string[] }): Entry => ({
    message: `an operator is missing between ${p.left} and ${p.right}`,
    hint: orElse(p.near, "write an operator between them, or begin a new line or clause"),
  }),
  "chained-comparison": (p: { sign: string }): Entry => ({
    message: `'${p.sign}' cannot follow another comparison`,
    hint: "write both: a < b and b < c",
  }),
  "condition-word": (p: { word: string }): Entry => ({
    message: `'${p.word}' is no word for a condition here`,
    hint: "write 'if' before what is done (an option, a claim), '|' before what is known",
    replace: ["if", "|"],
  }),
  "if-without-then": (p: { found: string }): Entry => ({
    message: `'then' should follow the condition, not ${p.found}`,
    hint: "write: if CONDITION then VALUE else VALUE",
  }),
  "if-without-else": (p: { found: string }): Entry => ({
    message: `'else' should follow, not ${p.found}: every 'if' has both values`,
    hint: "write: if CONDITION then VALUE else VALUE",
  }),
  "if-not-here": (_: object): Entry => ({
    message: "'if' cannot follow a value here",
    hint: "an intervention goes inside a figure: chance(x if choice = option); for a value write: if … then … else …",
  }),
  "bar-not-here": (_: object): Entry => ({
    message: "'|' cannot stand here",
    hint: "a condition goes inside a figure: chance(x | y)",
  }),
  "if-after-bar": (_: object): Entry => ({
    message: "'if' and the intervention come before '|' and the condition",
    hint: "write: chance(x if choice = option | y)",
  }),
  "interval-not-here": (_: object): Entry => ({
    message: "an interval 'a to b' cannot stand here",
    hint: "intervals stand after '~'; here write one value",
  }),
  "text-as-value": (_: object): Entry => ({
    message: "a text has no value",
    hint: "write a number or a name without quotes",
  }),
  "needs-brackets": (p: { word: string }): Entry => ({
    message: `'${p.word}' after an operator needs brackets around what it begins`,
    hint: p.word === "if" ? "write: (if … then … else …)" : `write: (${p.word} …)`,
  }),
  "too-deep": (p: { most: number }): Entry => ({
    message: `brackets are more than ${p.most} deep here`,
    hint: "move the inner part to a 'let'",
  }),
  "too-long": (p: { most: number }): Entry => ({
    message: `this expression has more than ${p.most} levels`,
    hint: "move a part of it to a 'let'",
  }),
};

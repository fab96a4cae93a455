/** Changes texts: a case by its tokens and lines, a game file or a table by its words and numbers, bytes by place. */

import { lex } from "../../dist/language/lexer.js";
import { claimKinds, declarationWords, families, markWords } from "../../dist/language/words.js";

const words = [
  ...declarationWords,
  ...claimKinds,
  ...families,
  ...markWords,
  ..."because if then else and or not given within to by at in sum max min mean total happened time when set knowing from sees values rate per repeats once chance median quantile exp log sqrt delay smooth per month year day step true false neither of as on with under before after since".split(
    " ",
  ),
];
const numbers = [
  "0",
  "1",
  "-1",
  "0.5",
  "2",
  "3",
  "7",
  "12",
  "1e-9",
  "1e-300",
  "5e-324",
  "1e9",
  "1e15",
  "1e18",
  "1e300",
  "1.7976931348623157e308",
  "1e309",
  "0%",
  "1%",
  "50%",
  "100%",
  "101%",
  "-5%",
  "99.99%",
  "0.1",
  "0.3333333333333333",
  "9007199254740993",
  "4294967296",
  "1000000",
];
const dates = [
  "2024-02-29",
  "2023-02-29",
  "0001-01",
  "9999-12",
  "2022-01",
  "2022-13",
  "2024-12-31",
  "1900-02-29",
  "2000-02-29",
  "2099-12",
  "1999-12-31",
];
const names = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "x",
  "y",
  "case",
  "ответ",
  "a_b",
  "_",
  "Infinity",
  "NaN",
  "é",
  "e\u0301",
  "名",
];
const oddities = [
  "\u2028",
  "\u2029",
  "\u0000",
  "\uFEFF",
  "\u202e",
  "\ud800",
  "\udc00",
  "\r",
  "\r\n",
  "\t",
  "\u00a0",
  "\u200b",
  "“",
  "’",
  "—",
  "\u0007",
  "\u001b[31m",
  "𝟙",
  "％",
  "´",
  "//",
  '"',
  "\\",
];
const operators = [
  "+",
  "-",
  "*",
  "/",
  "^",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  "~",
  "|",
  ".",
  "..",
  "->",
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
];

/** One to a few changes to a case's text. `others`: texts to take lines from. */
export function mutateCase(random, text, others) {
  let made = text;
  const rounds = 1 + (random.chance(0.7) ? 0 : random.below(4));
  for (let i = 0; i < rounds; i++) made = random.chance(0.6) ? byToken(random, made) : byLine(random, made, others);
  return made.length > 60_000 ? made.slice(0, 60_000) : made;
}

function byToken(random, text) {
  const { tokens } = lex({ name: "fuzz.casus", text });
  const real = tokens.filter((t) => t.kind !== "end");
  if (real.length === 0) return random.pick(words);
  const token = random.pick(real);
  const put = (by) => text.slice(0, token.start) + by + text.slice(token.end);
  const same = real.filter((t) => t.kind === token.kind);
  switch (random.below(12)) {
    case 0:
      return put("");
    case 1:
      return put(`${token.text} ${token.text}`);
    case 2:
      return put(random.pick(same).text);
    case 3:
    case 4:
      return put(ofKind(random, token.kind));
    case 5:
      return put(
        `${token.text} ${ofKind(random, random.pick(["name", "number", "symbol", "string", "date", "word"]))}`,
      );
    case 6:
      return put(random.pick(real).text);
    case 7: {
      const other = random.pick(real);
      const [a, b] = token.start < other.start ? [token, other] : [other, token];
      return a === b ? text : text.slice(0, a.start) + b.text + text.slice(a.end, b.start) + a.text + text.slice(b.end);
    }
    case 8:
      return text.slice(0, token.start) + random.pick(oddities) + text.slice(token.start);
    case 9: {
      const depth = random.pick([1, 2, 20, 200, 3000]);
      return put(
        `${random.pick(["(", "-(", "not (", "exp(", "max(1, "]).repeat(depth)}${token.text}${")".repeat(depth)}`,
      );
    }
    case 10:
      return put(
        Array.from({ length: random.pick([2, 10, 300]) }, () => token.text).join(
          random.pick([" + ", " * ", ", ", " and ", " "]),
        ),
      );
    default:
      return token.kind === "name"
        ? text.replaceAll(new RegExp(`\\b${escaped(token.text)}\\b`, "gu"), random.pick(names))
        : text.slice(0, token.end);
  }
}

function escaped(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function ofKind(random, kind) {
  switch (kind) {
    case "name":
      return random.pick(random.chance(0.5) ? names : words);
    case "number":
    case "percent":
      return random.pick(numbers);
    case "date":
      return random.pick(dates);
    case "string":
      return JSON.stringify(random.pick([...oddities, "a", "x".repeat(300), "<script>", "&amp;"]));
    case "symbol":
      return random.pick(operators);
    default:
      return random.pick(words);
  }
}

function byLine(random, text, others) {
  const lines = text.split("\n");
  const at = random.below(lines.length);
  switch (random.below(6)) {
    case 0:
      return lines.toSpliced(at, 1 + random.below(3)).join("\n");
    case 1:
      return lines.toSpliced(at, 0, lines[at]).join("\n");
    case 2: {
      const to = random.below(lines.length);
      const [line] = lines.splice(at, 1);
      return lines.toSpliced(to, 0, line).join("\n");
    }
    case 3: {
      const other = random.pick(others).split("\n");
      const from = random.below(other.length);
      return lines.toSpliced(at, 0, ...other.slice(from, from + 1 + random.below(4))).join("\n");
    }
    case 4:
      return lines.toSpliced(at, 1, lines[at].trim()).join("\n");
    default:
      return lines
        .toSpliced(
          at + 1,
          0,
          (/^\s*/.exec(lines[at])?.[0] ?? "") +
            random.pick(["+ ", "- ", "because ", "when ", "then "]) +
            random.pick(lines).trim(),
        )
        .join("\n");
  }
}

/** Changes to a text of words and numbers: a game file, a table. */
export function mutateWords(random, text, others) {
  return mutateParts(random, text, others, /"[^"\n]*"|[{},\n]|[^\s{},"]+/g);
}

/** Changes to a text of another program's language: names, numbers, signs, marks of XML. */
export function mutateTokens(random, text, others) {
  return mutateParts(random, text, others, /"[^"\n]*"|<\/?[\w:]+|[\w.]+|[^\s\w]|\n/g);
}

function mutateParts(random, text, others, pattern) {
  let made = text;
  const rounds = 1 + random.below(3);
  for (let i = 0; i < rounds; i++) {
    const parts = [...made.matchAll(pattern)];
    if (parts.length === 0) return random.pick(numbers);
    const part = random.pick(parts);
    const put = (by) => made.slice(0, part.index) + by + made.slice(part.index + part[0].length);
    const other = random.pick(parts)[0];
    made = [
      () => put(""),
      () => put(`${part[0]} ${part[0]}`),
      () => put(other),
      () =>
        put(
          random.pick([
            ...numbers,
            "1/3",
            "-1/7",
            "0/0",
            "1/0",
            "1e999",
            "nan",
            "inf",
            "007",
            "0x10",
            "1.",
            ".5",
            "+3",
          ]),
        ),
      () => put(random.pick(["{", "}", '"', '""', '"a"', ",", "\n", ...oddities])),
      () => made.slice(0, part.index),
      () => {
        const from = random.pick(others);
        const start = random.below(from.length);
        return put(from.slice(start, start + 1 + random.below(80)));
      },
    ][random.below(7)]();
  }
  return made.slice(0, 30_000);
}

/** Changes to bytes, held as a text of characters 0 … 255. */
export function mutateBytes(random, text) {
  let made = text;
  const rounds = 1 + random.below(4);
  for (let i = 0; i < rounds; i++) {
    const at = random.below(made.length + 1);
    const byte = String.fromCharCode(random.pick([0, 1, 127, 128, 255, random.below(256)]));
    made = [
      () => made.slice(0, at) + byte + made.slice(at + 1),
      () => made.slice(0, at),
      () => made.slice(0, at) + made.slice(at + 1 + random.below(16)),
      () => made.slice(0, at) + byte.repeat(1 + random.below(64)) + made.slice(at),
    ][random.below(4)]();
  }
  return made;
}

/** Changes to XML: mostly within one text or one attribute, so that it stays well formed; now and then anywhere. */
export function mutateMarkup(random, text, others) {
  const places = [...text.matchAll(/>([^<>]+)</g), ...text.matchAll(/"([^"<>]*)"/g)];
  if (places.length === 0 || random.chance(0.2)) return mutateTokens(random, text, others);
  const place = random.pick(places);
  const start = place.index + 1;
  const texts = places.map((p) => p[1]).filter((t) => t !== "");
  const changed = mutateTokens(random, place[1], texts);
  const safe = random.chance(0.9) ? changed.replaceAll(/[<&](?!(?:lt|gt|amp);)/g, "").replaceAll('"', "'") : changed;
  return text.slice(0, start) + safe + text.slice(start + place[1].length);
}

/** Values that JSON may hold where something else is wanted. */
const values = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  "",
  "a",
  "__proto__",
  [],
  {},
  [[]],
  [1, 2, 3],
  { a: 1 },
  "x".repeat(300),
];

/** Changes to JSON: mostly one value, one name or one place in it; now and then anywhere in its text. */
export function mutateJson(random, text, others) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return mutateTokens(random, text, others);
  }
  if (random.chance(0.15)) return mutateTokens(random, text, others);
  const places = [];
  const walk = (node) => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      walk(node[key]);
    }
  };
  walk(value);
  if (places.length === 0) return JSON.stringify(random.pick(values));
  const rounds = 1 + random.below(3);
  for (let i = 0; i < rounds; i++) {
    const [node, key] = random.pick(places);
    const [from, other] = random.pick(places);
    [
      () => (node[key] = structuredClone(random.pick(values))),
      () => (node[key] = structuredClone(from[other])),
      () => delete node[key],
      () => (node[random.pick([...names, other])] = structuredClone(node[key])),
      () => {
        if (Array.isArray(node)) node.push(structuredClone(from[other]));
        else node[key] = [structuredClone(node[key])];
      },
      () => (node[key] = typeof node[key] === "number" ? Number(random.pick(numbers)) || 0 : random.pick(oddities)),
    ][random.below(6)]();
  }
  return JSON.stringify(value);
}

/** Changes to JSON lines: one of them, or their order and number. */
export function mutateLines(random, text, others) {
  const lines = text.split("\n");
  const at = random.below(lines.length);
  return random.chance(0.3)
    ? byLine(random, text, others)
    : lines.toSpliced(at, 1, mutateJson(random, lines[at], others)).join("\n");
}

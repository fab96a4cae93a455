/** Parses what happens and who decides: `event`, `policy`, `actor` and `choice`. */

import { insertAt, replaceBy, type Fix } from "#text/fix.ts";
import { nearest } from "#text/near.ts";
import { parseBecause, parseBody, parseMark } from "./bodies.ts";
import {
  addAlternatives,
  clauses,
  parseClauses,
  parseDeclaredName,
  parseName,
  parseNames,
  refuse,
  type Clause,
} from "./clauses.ts";
import { isSymbol, type Cursor } from "./cursor.ts";
import { close, inBrackets, parseExpression, parseSum, parseTarget } from "./expressions.ts";
import type {
  ActorNode,
  BodyNode,
  ChoiceNode,
  ChoiceOptionNode,
  EffectNode,
  EventNode,
  ExpressionNode,
  WrittenMark,
  Name,
  PolicyNode,
  Text,
  TimingNode,
} from "./tree.ts";
import { takeLabel } from "./labels.ts";
import { parseUnit } from "./units.ts";
import { markWords } from "./words.ts";

const effectWords = ["set", "add", "stop"] as const;

/** The clauses an event and a policy share, and what they were read into. */
interface Happening {
  timing: TimingNode | null;
  when: ExpressionNode | null;
  because: ExpressionNode | null;
  mark: WrittenMark | null;
  repeats: boolean;
  readonly effects: EffectNode[];
}

export function parseEvent(c: Cursor): EventNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "event");
  const label = takeLabel(c, "event", name);
  const happening = noHappening();
  if (c.is("=") || c.is(":")) happening.timing = parseUnnamedRate(c);
  parseClauses(c, "event", happeningClauses(c, "event", happening));
  refuseAfterEffects(c, "event", happening);
  const timing = timingOf(c, "event", name, happening);
  const { when, because, mark, repeats, effects } = happening;
  return { kind: "event", name, label, timing, when, because, mark, repeats, effects, span: c.spanFrom(start) };
}

/** A sign where `rate` should stand. */
function parseUnnamedRate(c: Cursor): TimingNode {
  const span = c.spanOf(c.token);
  const wanted = "'rate' and how often it comes";
  c.report("expected", span, { wanted, found: c.found() }, [], [replaceBy(span, "rate")]);
  c.advance();
  return parseTiming(c, "rate");
}

export function parsePolicy(c: Cursor): PolicyNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "policy");
  const label = takeLabel(c, "policy", name);
  let by: Name | null = null;
  let sharpness: ExpressionNode | null = null;
  const options: PolicyNode["options"][number][] = [];
  const happening = noHappening();
  const table = happeningClauses(c, "policy", happening);
  table.set("by", {
    once: "by",
    parse: () => {
      by = parseName(c, "an actor");
    },
  });
  table.set("sharpness", {
    once: "sharpness",
    parse: () => {
      sharpness = parseExpression(c);
    },
  });
  parseClauses(c, "policy", table);
  while (c.isWord("option")) {
    if (happening.effects.length > 0) c.report("effects-beside-options", c.spanOf(c.token), {});
    options.push(parseOption(c));
    if (c.panicking) c.recover(new Set(["option"]));
  }
  if (options.length > 0 && table.has(c.token.text) && !c.atDeclaration) refuseLate(c, "policy", table, "its options");
  else refuseAfterEffects(c, "policy", happening);
  if (by === null)
    c.report("missing-clause", name.span, {
      declaration: "policy",
      name: name.text,
      clause: "by",
      means: "who acts",
      example: "by west",
    });
  const timing = timingOf(c, "policy", name, happening);
  const { when, because, mark, repeats, effects } = happening;
  return {
    kind: "policy",
    name,
    label,
    by: by ?? noName(name),
    timing,
    when,
    because,
    mark,
    repeats,
    sharpness,
    options,
    effects,
    span: c.spanFrom(start),
  };
}

function parseOption(c: Cursor): PolicyNode["options"][number] {
  c.mark("clause");
  const { start } = c.advance();
  const name = parseName(c, "the name of the option");
  const label = takeLabel(c, "option of a policy", name);
  const before = c.followers;
  c.followers = new Set(effectWords);
  const hasUtility = c.expect(":", "':' and the option's utility");
  const utility: BodyNode = hasUtility ? parseBody(c) : { kind: "sum", terms: [], span: c.gap() };
  const effects: EffectNode[] = [];
  if (c.isWord("then")) {
    c.mark("clause");
    c.advance();
    parseEffects(c, effects);
  }
  c.followers = before;
  return { name, label, utility, effects, span: c.spanFrom(start) };
}

function noHappening(): Happening {
  return { timing: null, when: null, because: null, mark: null, repeats: false, effects: [] };
}

/** `then` ends the list: what follows the effects would read as a condition on them. */
function happeningClauses(c: Cursor, owner: "event" | "policy", into: Happening): Map<string, Clause> {
  const table = clauses({
    when: () => {
      into.when = parseExpression(c);
    },
    because: () => {
      into.because = parseExpression(c);
    },
    repeats: () => {
      into.repeats = true;
    },
    then: () => {
      parseEffects(c, into.effects);
      if (c.panicking) c.recover(table);
      if (table.has(c.token.text) && !c.atDeclaration) refuseLate(c, owner, table, "its effects");
    },
  });
  addAlternatives(table, "text, inferred, ours or wiring", markWords, (word) => {
    into.mark = word as WrittenMark;
  });
  addAlternatives(table, "rate, at, every or on", ["rate", "at", "every", "on"], (word) => {
    into.timing = parseTiming(c, word);
  });
  return table;
}

function refuseLate(c: Cursor, owner: "event" | "policy", table: ReadonlyMap<string, Clause>, after: string): void {
  c.report("clause-too-late", c.spanOf(c.token), { word: c.token.text, declaration: owner, after });
  void table;
}

function refuseAfterEffects(c: Cursor, owner: "event" | "policy", { effects }: Happening): void {
  if (effects.length > 0 && c.token.kind === "name" && !c.token.first && !c.atDeclaration)
    refuse(c, owner, effectWords);
}

function parseTiming(c: Cursor, word: string): TimingNode {
  const { start } = c.previous;
  switch (word) {
    case "rate": {
      const rate = parseBody(c, true);
      const per = c.takeWord("per") ? parseUnit(c) : null;
      return { kind: "rate", rate, per, span: c.spanFrom(start) };
    }
    case "at": {
      const dates = [parseExpression(c)];
      while (c.take(",")) dates.push(parseExpression(c));
      return { kind: "at", dates, span: c.spanFrom(start) };
    }
    case "every": {
      const period = parseExpression(c);
      const from = c.takeWord("from") ? parseExpression(c) : null;
      return { kind: "every", period, from, span: c.spanFrom(start) };
    }
    default: {
      const events = [parseTarget(c, "an event")];
      while (c.take(",")) events.push(parseTarget(c, "an event"));
      return { kind: "on", events, span: c.spanFrom(start) };
    }
  }
}

function timingOf(c: Cursor, declaration: "event" | "policy", name: Name, { timing, when }: Happening): TimingNode {
  if (timing !== null) return timing;
  if (when === null) c.report("missing-timing", name.span, { declaration, name: name.text });
  return { kind: "trigger", span: when?.span ?? name.span };
}

/** One effect or more after `then`. */
function parseEffects(c: Cursor, into: EffectNode[]): void {
  if (!atEffect(c)) {
    const bare = takeBareEffect(c);
    if (bare !== null) return void into.push(bare);
    const { token } = c;
    const near = token.kind === "name" ? nearest(token.text, effectWords) : [];
    return c.fail("missing-effect", c.gap(), { found: c.found(), near });
  }
  // `set x = 1 stop` is two effects: `stop` is no unit here.
  const before = c.followers;
  c.followers = new Set([...before, ...effectWords]);
  while (atEffect(c) && !c.panicking) {
    c.mark("effect");
    into.push(parseEffect(c));
  }
  c.followers = before;
}

/** `anger = 20%`, `anger + 10%`: reported with `set` or `add`, and read so; null, with nothing read, for all else. */
function takeBareEffect(c: Cursor): EffectNode | null {
  const { token } = c;
  const sign = c.peek(1);
  if (token.kind !== "name" || !c.mayName() || c.panicking) return null;
  if (!isSymbol(sign, "=") && !isSymbol(sign, "+") && !isSymbol(sign, "-")) return null;
  const found = c.found();
  const stock = parseTarget(c, "a stock");
  c.advance();
  const value = parseExpression(c);
  const span = c.spanFrom(token.start);
  const amount = `${sign.text === "-" ? "-" : ""}${c.written(value.span)}`;
  const written = sign.text === "=" ? `set ${token.text} = ${amount}` : `add ${amount} to ${token.text}`;
  c.report("missing-effect", c.spanOf(token), { found, near: [] }, [], [replaceBy(span, written)]);
  const grounds = { because: parseBecause(c), mark: parseMark(c), span };
  return { kind: "set", stock, value, ...grounds };
}

function atEffect(c: Cursor): boolean {
  return c.token.kind === "name" && effectWords.some((word) => c.isWord(word));
}

function parseEffect(c: Cursor): EffectNode {
  const { start, text: word } = c.advance();
  const grounds = () => ({ because: parseBecause(c), mark: parseMark(c), span: c.spanFrom(start) });
  switch (word) {
    case "set": {
      const stock = parseTarget(c, "a stock");
      c.expect("=", "'=' and the new value");
      const value = parseExpression(c);
      return { kind: "set", stock, value, ...grounds() };
    }
    case "add": {
      const value = parseExpression(c);
      c.expectWord("to", "'to' and the stock");
      const stock = parseTarget(c, "a stock");
      return { kind: "add", value, stock, ...grounds() };
    }
    default:
      return { kind: "stop", ...grounds() };
  }
}

export function parseActor(c: Cursor): ActorNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "actor");
  const label = takeLabel(c, "actor", name);
  let sees: ActorNode["sees"] = null;
  let values: BodyNode | null = null;
  const takes: ActorNode["takes"][number][] = [];
  parseClauses(
    c,
    "actor",
    clauses(
      {
        sees: () => {
          sees = parseSees(c);
        },
        values: () => {
          values = parseBody(c);
        },
      },
      {
        takes: () => {
          const from = c.previous.start;
          const other = parseName(c, "another actor");
          c.expectWord("for", "'for' and the view it is thought to see through");
          takes.push({ other, view: parseName(c, "a view"), span: c.spanFrom(from) });
        },
      },
    ),
  );
  return { kind: "actor", name, label, sees, takes, values, span: c.spanFrom(start) };
}

function parseSees(c: Cursor): NonNullable<ActorNode["sees"]> {
  const { start } = c.previous;
  const view = parseName(c, "a view");
  const because = parseBecause(c);
  let otherwise: Name | null = null;
  if (because !== null) {
    if (c.takeWord("otherwise")) otherwise = parseName(c, "the view it falls back on");
    else c.report("missing-otherwise", c.gap(), { view: view.text });
  }
  return { view, because, otherwise, span: c.spanFrom(start) };
}

export function parseChoice(c: Cursor): ChoiceNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "choice");
  const label = takeLabel(c, "choice", name);
  let by: Name | null = null;
  let at: ExpressionNode | null = null;
  const knowing: Name[] = [];
  let mark: WrittenMark | null = null;
  let fallback: Name | null = null;
  const head = clauses({
    by: () => {
      by = parseName(c, "an actor");
    },
    at: () => {
      at = parseSum(c);
    },
    knowing: () => {
      knowing.push(...parseNames(c, "a choice or an event"));
    },
  });
  parseClauses(c, "choice", head);
  const options: ChoiceNode["options"][number][] = [];
  if (c.expect("=", "'=' and the options")) {
    do {
      const option = parseName(c, "the name of an option");
      options.push({
        name: option,
        label: takeLabel(c, "option of a choice", option),
        numbers: c.is("{") ? parseNumbers(c) : [],
      });
    } while (!c.panicking && (c.take("|") || takeCommaForBar(c)));
  }
  const tail = clauses({
    default: () => {
      fallback = parseName(c, "the option it has by default");
    },
  });
  addAlternatives(tail, "text, inferred, ours or wiring", markWords, (word) => {
    mark = word as WrittenMark;
  });
  parseClauses(c, "choice", tail);
  if (by === null) {
    const parts = { declaration: "choice", name: name.text, clause: "by", means: "who chooses", example: "by west" };
    c.report("missing-clause", name.span, parts, [], byOnlyActor(c, label ?? name));
  }
  return {
    kind: "choice",
    name,
    label,
    by: by ?? noName(name),
    at,
    knowing,
    options,
    default: fallback,
    mark,
    span: c.spanFrom(start),
  };
}

/** Where the file has one actor, it is the one who chooses. */
function byOnlyActor(c: Cursor, after: Name | Text): readonly Fix[] {
  const actors = c.placesOf("actor").flatMap((i) => {
    const next = c.tokens[i + 1];
    return c.tokens[i]?.first === true && next?.kind === "name" ? [next.text] : [];
  });
  return actors.length === 1 ? [insertAt(c.document, after.span.end, ` by ${actors[0]}`)] : [];
}

/** `{ effort 0.8, cost 2 bn }` */
function parseNumbers(c: Cursor): ChoiceOptionNode["numbers"] {
  const open = c.spanOf(c.advance());
  const numbers: ChoiceOptionNode["numbers"][number][] = [];
  inBrackets(c, () => {
    do {
      const name = parseName(c, "the name of a number");
      c.skipSign();
      if (!c.panicking) numbers.push({ name, value: parseSum(c) });
    } while (!c.panicking && c.take(","));
  });
  if (!c.panicking) close(c, "}", open);
  return numbers;
}

/** A comma or an `or` between options is reported and read as the bar it stands for. */
function takeCommaForBar(c: Cursor): boolean {
  if (!c.is(",") && !c.isWord("or")) return false;
  c.report("comma-for-bar", c.spanOf(c.advance()), {});
  return true;
}

/** Stands for a name that is missing and was reported. */
function noName(near: Name): Name {
  return { text: "", span: near.span };
}

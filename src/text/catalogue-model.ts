/** What can be wrong in the names, units, times and equations of a case that parses. */

import type { Entry } from "./entry.ts";

/** `did you mean 'a' or 'b'?`, or what to do where nothing is near. */
function orElse(near: readonly string[], otherwise: string): string {
  return near.length > 0 ? `did you mean ${near.map((n) => `'${n}'`).join(" or ")}?` : otherwise;
}

/** `a, b, c`; a long list is cut. */
function listed(words: readonly string[], most = 12): string {
  return words.length <= most ? words.join(", ") : `${words.slice(0, most).join(", ")}, …`;
}

/** `a → b → a`; a long ring is cut in the middle. */
function ringOf(names: readonly string[]): string {
  const whole = [...names, names[0] ?? ""];
  return (whole.length <= 9 ? whole : [...whole.slice(0, 5), "…", ...whole.slice(-3)]).join(" → ");
}

export const modelCatalogue = {
  // ---- names
  "unknown-name": (p: { name: string; wanted: string; near: readonly string[] }): Entry => ({
    message: `there is no ${p.wanted} called '${p.name}'`,
    hint: orElse(p.near, "declare it, or correct the name"),
    replace: p.near,
  }),
  "duplicate-name": (p: { name: string; kind: string }): Entry => ({
    message: `'${p.name}' is already the name of ${/^[aeiou]/.test(p.kind) ? "an" : "a"} ${p.kind}`,
    hint: "give one of them another name",
  }),
  "no-case": (_: object): Entry => ({
    message: "nothing says what the case is about",
    hint: 'begin with: case NAME "its question"',
  }),
  "declared-twice": (p: { what: string }): Entry => ({
    message: `a case has one '${p.what}'`,
    hint: "remove this one, or merge the two",
  }),
  "duplicate-item": (p: { what: string; name: string; of: string }): Entry => ({
    message: `the ${p.what} '${p.name}' occurs twice in ${p.of}`,
    hint: "remove one of them, or give it another name",
  }),
  "takes-itself": (p: { actor: string; view: string }): Entry => ({
    message: `'${p.actor}' cannot be wrong about its own view`,
    hint: `write: sees ${p.view}; 'takes' is for the view that it believes others have`,
  }),
  "reserved-word": (p: { name: string; what: string }): Entry => ({
    message: `'${p.name}' is ${p.what} and cannot be a name`,
    hint: `choose another, such as '${p.name.startsWith("_") ? p.name.replaceAll("_", "") : `${p.name}_`}'`,
  }),
  "not-in-each": (p: { kind: string }): Entry => ({
    message: `'${p.kind}' is not possible in an 'each'`,
    hint: "move it out; an 'each' repeats stocks, lets, unknowns, shocks, events, policies, outcomes and expectations",
  }),
  "over-budget": (p: { what: string; limit: number }): Entry => ({
    message: `the case has more than ${p.limit} ${p.what}`,
    hint: "make it smaller: fewer elements, longer steps",
  }),
  "wrong-kind": (p: { name: string; kind: string; wanted: string; write: string | null }): Entry => ({
    message: `'${p.name}' is ${p.kind}, but here ${p.wanted} is needed`,
    hint: p.write === null ? `name ${p.wanted}` : `write: ${p.write}`,
    replace: p.write === null || p.write.includes("…") || p.kind.startsWith("a family") ? [] : [p.write],
    isGuess: true,
  }),
  "not-here": (p: { what: string; place: string; instead: string }): Entry => ({
    message: `${p.what} cannot be read ${p.place}`,
    hint: p.instead,
  }),
  "not-callable": (p: { name: string; kind: string }): Entry => ({
    message: `'${p.name}' is declared as '${p.kind}' and is not called with brackets`,
    hint: `write: ${p.name}`,
  }),
  "wrong-arguments": (p: { name: string; usage: string; found: number }): Entry => ({
    message: `'${p.name}' is not used with ${p.found === 1 ? "one value" : `${p.found} values`}`,
    hint: `write: ${p.usage}`,
  }),
  ring: (p: { what: string; ring: readonly string[] }): Entry => ({
    message: `these ${p.what} depend on one another: ${ringOf(p.ring)}`,
    hint:
      p.what === "unknowns"
        ? "let one of them stand on its own"
        : "make one of them a stock, or let it read another's past: delay(x, 1 month, initial)",
  }),
  "unit-ring": (p: { name: string; ring: readonly string[] }): Entry => ({
    message: `the unit of '${p.name}' cannot be found, since it depends on itself: ${ringOf(p.ring)}`,
    hint: `write its unit, as in: let ${p.name} : share = …`,
  }),
  "start-ring": (p: { ring: readonly string[] }): Entry => ({
    message: `at the start these depend on one another: ${ringOf(p.ring)}`,
    hint: "give one of them a start of its own, or a delay or smooth its third value, the initial one",
  }),

  // ---- each
  "unknown-element": (p: {
    element: string;
    of: string;
    elements: readonly string[];
    near: readonly string[];
  }): Entry => ({
    message: `'${p.element}' is no element of '${p.of}'`,
    hint: orElse(p.near, `there are ${listed(p.elements)}`),
    replace: p.near,
  }),
  "family-needs-element": (p: {
    name: string;
    variables: readonly string[];
    members: readonly string[];
    isHappening: boolean;
    isTarget: boolean;
  }): Entry => ({
    message: `'${p.name}' is several, one for each ${p.variables.join(" and ")}`,
    hint: `write ${p.members[0] ?? p.name}, or ${p.isTarget ? "one line for each of them" : "gather them: "}${
      p.isTarget
        ? ""
        : p.isHappening
          ? `count(${p.name}) of all, sum(happened(${p.name})) of those that happened, max(happened(${p.name})) for any`
          : `sum(${p.name}), mean(${p.name}), min(${p.name}), max(${p.name})`
    }`,
    replace: p.members,
    isGuess: true,
  }),
  "needs-family": (p: { name: string; isOutcome: boolean }): Entry => ({
    message: `${p.name}(…) of one thing takes the members of a family, and this is no family`,
    hint: p.isOutcome
      ? "name a family that an 'each' made, or something that moves over time"
      : "name a family that an 'each' made, or give several values; over time it stands in an outcome",
  }),
  "not-a-family": (p: { name: string; element: string }): Entry => ({
    message: `'${p.name}' has no members, so not '${p.element}' either`,
    hint: `declare it in an 'each'; for a past value write ${p.name}[start] or ${p.name}[2024-01]`,
  }),
  "variable-is-no-value": (p: { name: string }): Entry => ({
    message: `'${p.name}' names an element of the 'each' and has no value`,
    hint: `use it in brackets, x[${p.name}], or compare it: ${p.name} = …`,
  }),

  // ---- units
  "unknown-unit": (p: { name: string; near: readonly string[] }): Entry => ({
    message: `there is no unit called '${p.name}'`,
    hint: orElse(p.near, `declare it: unit ${p.name}`),
    replace: p.near,
  }),
  "unit-known": (p: { name: string; inDay: number }): Entry => ({
    severity: "warning",
    message: `'${p.name}' is a unit every case has, ${p.inDay.toLocaleString("en-US")} to the day`,
    hint: "remove the declaration, or define it by another unit",
    replace: [""],
  }),
  "unit-cycle": (p: { ring: readonly string[] }): Entry => ({
    message: `these units are defined by one another: ${ringOf(p.ring)}`,
    hint: "define one of them by itself: unit NAME",
  }),
  "bad-unit-factor": (p: { name: string }): Entry => ({
    message: `a unit is a positive multiple of another, and '${p.name}' is not`,
    hint: `write it as: unit ${p.name} = 1000 usd`,
  }),
  "wrong-unit": (p: { text: string; is: string; wanted: string; write: string | null }): Entry => ({
    message: `'${p.text}' ${p.is}, and this should be ${p.wanted === "a plain number" || p.wanted.startsWith("a ") ? p.wanted : `in ${p.wanted}`}`,
    hint:
      p.write === null
        ? "multiply or divide by what brings it to that unit, or correct the unit"
        : `write: ${p.write}; or correct the unit`,
  }),
  "units-differ": (p: {
    left: string;
    leftIs: string;
    right: string;
    rightIs: string;
    write: string | null;
  }): Entry => ({
    message: `'${p.left}' ${p.leftIs}, but '${p.right}' ${p.rightIs}`,
    hint: `convert one of them; only values of the same unit can be added, compared or chosen between${p.write === null ? "" : `: ${p.write}`}`,
  }),
  "flow-unit": (p: {
    text: string;
    is: string;
    stock: string;
    wanted: string;
    isLevel: boolean;
    base: string;
    write: string | null;
  }): Entry => ({
    message: `'${p.text}' ${p.is}, and a flow of '${p.stock}' should be in ${p.wanted}`,
    hint: p.isLevel
      ? `divide by a length of time, such as 1 ${p.base}`
      : `a flow is what comes or goes per unit of time${p.write === null ? "" : `; write: ${p.write}`}`,
  }),
  "flow-on-first-line": (p: {
    text: string;
    is: string;
    stock: string;
    lines: readonly string[];
    isStart: boolean;
  }): Entry => ({
    message: `'${p.text}' ${p.is}, as a flow of '${p.stock}' is, and this line says only what '${p.stock}' is at the start`,
    hint: `${p.isStart ? "say here what it is at the start, such as 0, and " : ""}write ${p.lines.length === 1 ? "a line of its own below" : "lines of their own below"}: ${p.lines.join("  and  ")}`,
  }),
  "power-not-whole": (p: { base: string; is: string }): Entry => ({
    message: `'${p.base}' ${p.is}, so its power must be a whole number known beforehand`,
    hint: "divide it by a unit first, so that it is a plain number, or use sqrt(…)",
  }),
  "not-a-number": (p: { text: string; is: string }): Entry => ({
    message: `'${p.text}' ${p.is}; a number is needed here`,
    hint: "compare it with one of its words: … = word",
  }),
  "not-a-truth": (p: { text: string; is: string }): Entry => ({
    message: `'${p.text}' ${p.is}; a condition is needed here`,
    hint: "write something that is true or false: a comparison, a claim, happened(event)",
  }),
  "not-constant": (p: { text: string }): Entry => ({
    message: `'${p.text}' is not known before the case runs`,
    hint: "write a fixed figure",
  }),
  "too-large": (_: object): Entry => ({
    message: "this figure is too large for a number once its unit is counted in",
    hint: "numbers reach to about 1.8e308; choose another unit",
  }),
  "division-by-zero": (_: object): Entry => ({
    message: "this divides by zero",
    hint: "divide by something else",
  }),
  "unknown-option": (p: { name: string; of: string; options: readonly string[]; near: readonly string[] }): Entry => ({
    message: `'${p.name}' is none of the words of '${p.of}'`,
    hint: orElse(p.near, `there are ${listed(p.options)}`),
    replace: p.near,
  }),

  "no-option-number": (p: {
    choice: string;
    number: string;
    lacking: readonly string[];
    isKnown: boolean;
    near: readonly string[];
  }): Entry => ({
    message: p.isKnown
      ? `the option${p.lacking.length === 1 ? "" : "s"} ${listed(p.lacking)} of '${p.choice}' ha${p.lacking.length === 1 ? "s" : "ve"} no '${p.number}'`
      : `the options of '${p.choice}' have no number called '${p.number}'`,
    hint: orElse(p.near, `write it with each option: ${p.lacking[0] ?? "option"} { ${p.number} 0.5 }`),
    replace: p.near,
  }),

  // ---- time
  "bad-step": (p: { step: number }): Entry => ({
    message: `a step of ${p.step} does not move time on`,
    hint: "write a positive step, as in: by month, by 0.25 day",
  }),
  "mixed-time": (_: object): Entry => ({
    message: "one end of the time is a date, the other a plain number",
    hint: "write both as dates, or both as numbers",
  }),
  "time-backwards": (_: object): Entry => ({
    message: "the time ends before it has begun",
    hint: "write the earlier moment first",
  }),
  "partial-step": (p: { steps: number; fits: string | null; longest: string }): Entry => ({
    message:
      p.fits === null
        ? "a step is longer than the whole time"
        : `the time is ${Number(p.steps.toPrecision(6))} steps long, which is no whole number`,
    hint: p.fits === null ? `write: by ${p.longest}, or less` : `let it end at ${p.fits}, or choose another step`,
  }),
  "static-case": (p: { what: string }): Entry => ({
    message: `${p.what} ${p.what.endsWith("s") && !/^an? /.test(p.what) ? "need" : "needs"} a case that runs over time, and this one has no 'time'`,
    hint: "declare it: time 2024-01 to 2029-01 by month",
  }),
  "no-calendar": (_: object): Entry => ({
    message: "this case counts its time in plain numbers and knows no dates",
    hint: "write a time such as 3 months, or give the case dates: time 2024-01 to 2029-01 by month",
  }),
  "outside-horizon": (p: { what: string; date: string; start: string; end: string }): Entry => ({
    message: `${p.what} is ${p.date}, and the case runs from ${p.start} to ${p.end}`,
    hint: "choose a moment within it, or let the case run longer",
  }),
  "at-the-end": (p: { name: string; date: string }): Entry => ({
    severity: "warning",
    message: `'${p.name}' is dated ${p.date}, on which the case ends: it never comes`,
    hint: "date it earlier, or let the case run a step longer",
  }),
  "between-steps": (p: { what: string; written: string; taken: string }): Entry => ({
    severity: "warning",
    message: `${p.what}, ${p.written}, falls between two steps; ${p.taken} is taken`,
    hint: `write ${p.taken}, or choose a step that divides it`,
  }),
  "too-short": (p: { what: string; written: string; step: string }): Entry => ({
    message: `${p.what}, ${p.written}, is shorter than a step of ${p.step}`,
    hint: "make it longer, or the step shorter",
  }),
  "too-short-smooth": (p: { what: string; written: string; steps: string; step: string }): Entry => ({
    message: `${p.what}, ${p.written}, is shorter than half of ${p.steps} of ${p.step}: it would swing ever wider`,
    hint: "make it longer, or the step shorter",
  }),
  overshoots: (p: { what: string; written: string; steps: string; step: string }): Entry => ({
    severity: "warning",
    message: `${p.what}, ${p.written}, is shorter than ${p.steps} of ${p.step}: it goes past what it follows and swings around it`,
    hint: "make it longer, or the step shorter",
  }),
  "empty-range": (p: { what: string }): Entry => ({
    message: `${p.what} is empty: its end comes before its start`,
    hint: "write the lower or earlier end first",
  }),

  // ---- distributions
  "bad-parameter": (p: { what: string; wanted: string; found: string }): Entry => ({
    message: `${p.what} is ${p.found}, and must be ${p.wanted}`,
    hint: "correct the figure",
  }),
  "bad-interval": (p: { low: string; high: string }): Entry => ({
    message: `the interval from ${p.low} to ${p.high} is empty`,
    hint: "write the lower end first, and a higher one after it",
  }),
  "impossible-range": (p: { of: string; values: string }): Entry => ({
    message: `no value of ${p.of} lies in this range`,
    hint: `${p.values}: choose a range that holds some of them`,
  }),
  "interval-family": (p: { family: string }): Entry => ({
    message: `'${p.family}' is not given by an interval`,
    hint: "normal, lognormal and logitnormal can be: normal(1 to 6)",
  }),
  "interval-ends": (p: { what: string; least: string; instead: string }): Entry => ({
    message: `the ends of an interval of ${p.what} must be ${p.least}`,
    hint: `move them, or write ${p.instead}`,
  }),
  "share-family": (p: { family: string; unit: string }): Entry => ({
    message: `'${p.family}' is a distribution of plain numbers, and this is in ${p.unit}`,
    hint: "multiply it in a 'let', or choose another distribution",
  }),
  "chances-sum": (p: { total: string }): Entry => ({
    message: `the chances come to ${p.total}%, not 100%`,
    hint: "make them add up to 100%",
  }),

  // ---- stocks, tables, events
  "start-outside": (p: { stock: string }): Entry => ({
    message: `'${p.stock}' starts outside of its own range`,
    hint: "move the start into the range, or widen it",
  }),
  "table-order": (p: { table: string }): Entry => ({
    message: `the points of the table '${p.table}' do not rise from left to right`,
    hint: "sort them, and give each place one value, or two where it jumps",
  }),

  // ---- figures over runs
  "given-outside-figure": (p: { name: string }): Entry => ({
    message: `'if' and '|' have no meaning in ${p.name}(…)`,
    hint: "use them in figures over runs: chance(x if what is done | what is known)",
  }),
  "text-column": (p: { name: string }): Entry => ({
    message: `the column '${p.name}' is text and has no value`,
    hint: "declare its words: column name : yes | no",
  }),

  "negative-rate": (p: { rate: string }): Entry => ({
    message: `a rate is never negative, and this one is ${p.rate}`,
    hint: "turn the sign round, or keep it at 0: max(0, …)",
  }),
  "delay-not-fixed": (p: { text: string; write: string }): Entry => ({
    message: `'${p.text}' is not known before the case runs, and a delay keeps a fixed number of past steps`,
    hint: `write: ${p.write}, which spreads what comes out around that time and may take one that is drawn; or a fixed time`,
  }),

  // ---- never read
  "idle-claim": (p: { claim: string; conclusion: string }): Entry => ({
    severity: "warning",
    message: `'${p.conclusion}' is said to follow from '${p.claim}', which switches nothing in this case`,
    hint: `write 'because ${p.claim}' on a line, or leave it out after 'of'`,
  }),
  "never-read": (p: { name: string; kind: string }): Entry => ({
    severity: "warning",
    message: `nothing reads the ${p.kind} '${p.name}'`,
    hint: "use it, or remove it",
  }),
};

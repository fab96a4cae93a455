/** Random well-typed cases as text, small and full of corners: every construct of a run, in odd combinations. Made for comparing engines. */

import fc from "fast-check";

type Source = fc.Arbitrary<string>;

const numbers = ["0", "1", "2", "0.5", "-1", "0.3", "3", "-0.25", "10", "1e-3"] as const;
const months = ["2022-01", "2022-02", "2022-03", "2022-05", "2022-07"] as const;
const claims = ["c1", "c2"] as const;
const unknowns = ["u1", "u2", "u3"] as const;
const stocks = ["x1", "x2", "x3"] as const;
const events = ["e1", "e2", "e3", "e4", "e5"] as const;
const pick = (from: readonly string[]): Source => fc.constantFrom(...from);

/** A plain number of these names. `past` allows what is read of events and of other times. */
function expression(names: readonly string[], depth: number, past: boolean): Source {
  const leaf = fc.oneof(
    { weight: 3, arbitrary: pick(numbers) },
    { weight: 5, arbitrary: names.length > 0 ? pick(names) : pick(numbers) },
    ...(past
      ? [
          { weight: 1, arbitrary: pick(events).map((e) => `count(${e})`) },
          { weight: 1, arbitrary: pick(events).map((e) => `(if happened(${e}) then 1 else 0.5)`) },
          { weight: 1, arbitrary: pick(events).map((e) => `(since(${e}, 4 months) / 1 month)`) },
          { weight: 1, arbitrary: pick(events).map((e) => `(time_of(${e}, 9 months) / 1 month)`) },
          { weight: 1, arbitrary: fc.constant("(time / 1 month)") },
          {
            weight: 1,
            arbitrary: pick([
              "pulse(2022-03, 1 month)",
              "pulse(u1 * 1 month, 0.3 months)",
              "step(2022-03, 2)",
              "(if time < 2022-04 then 1 else 0)",
            ]),
          },
        ]
      : []),
  );
  if (depth === 0) return leaf;
  const inner = expression(names, depth - 1, past);
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    {
      weight: 5,
      arbitrary: fc.tuple(inner, pick(["+", "-", "*", "/"]), inner).map(([a, o, b]) => `(${a} ${o} ${b})`),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          pick([
            "exp",
            "log",
            "sqrt",
            "sin",
            "cos",
            "arctan",
            "tanh",
            "logistic",
            "floor",
            "round",
            "abs",
            "wave",
            "-",
          ]),
          inner,
        )
        .map(([f, a]) => `${f}(${a})`),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(pick(["min", "max", "mod"]), inner, inner).map(([f, a, b]) => `${f}(${a}, ${b})`),
    },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([a, b]) => `(abs(${a})) ^ (${b})`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(condition(names, depth - 1, past), inner, inner)
        .map(([c, a, b]) => `(if ${c} then ${a} else ${b})`),
    },
    { weight: 1, arbitrary: inner.map((a) => `clamp(${a}, -2, 3)`) },
  );
}

function condition(names: readonly string[], depth: number, past: boolean): Source {
  const inner = expression(names, Math.max(0, depth - 1), past);
  const compared = fc.tuple(inner, pick(["<", "<=", ">", ">=", "=", "!="]), inner).map(([a, o, b]) => `${a} ${o} ${b}`);
  const simple = fc.oneof(
    { weight: 4, arbitrary: compared },
    { weight: 1, arbitrary: pick(claims) },
    ...(past ? [{ weight: 1, arbitrary: pick(events).map((e) => `happened(${e}, 2022-04)`) }] : []),
  );
  if (depth === 0) return simple;
  return fc.oneof(
    { weight: 3, arbitrary: simple },
    { weight: 1, arbitrary: fc.tuple(simple, pick(["and", "or"]), simple).map(([a, o, b]) => `(${a} ${o} ${b})`) },
    { weight: 1, arbitrary: simple.map((a) => `not (${a})`) },
  );
}

/** A number that stays small, so that most runs come to an end. */
const tame = (e: Source): Source => e.map((a) => `tanh(${a})`);

const because = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: pick([" because c1", " because not c2", " because c1 or c2"]) },
);

const distribution = pick([
  "normal(0, 1)",
  "uniform(-1, 2)",
  "triangular(0, 0.2, 1)",
  "lognormal(1, 0.5)",
  "normal(0, 1) within -1..2",
  "bernoulli(0.4)",
  "exponential(0.5)",
  "-1 to 1",
  "discrete(1: 20%, 2: 50%, 0.5: 30%)",
]);

const moving = [...unknowns, ...stocks, "s1", "s2"] as const;

const effect: Source = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(pick(stocks), tame(expression(moving, 2, true))).map(([x, e]) => `set ${x} = ${e}`),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(tame(expression(moving, 1, true)), pick(stocks)).map(([e, x]) => `add ${e} to ${x}`),
  },
  { weight: 1, arbitrary: fc.constant("stop") },
);

const effects: Source = fc
  .array(fc.tuple(effect, because), { maxLength: 3 })
  .map((all) => (all.length === 0 ? "" : `\n  then ${all.map(([e, b]) => `${e}${b}`).join("\n  ")}`));

/** `on` only events declared before. */
const timing = (index: number): Source => {
  const rate = fc.oneof(
    { weight: 6, arbitrary: expression([...stocks, "l1", "l2"], 1, true).map((e) => `abs(${e})`) },
    // May fall below zero, which nothing must know beforehand.
    { weight: 1, arbitrary: expression(stocks, 1, false).map((e) => `${e} + 0 * x1`) },
    { weight: 3, arbitrary: pick(["0.05", "0.3", "1.5"]) },
  );
  return fc.oneof(
    { weight: 5, arbitrary: rate.map((r) => ` rate (${r}) / 3 months`) },
    { weight: 1, arbitrary: pick([" at 2022-02", " at 2022-03, 2022-05"]) },
    { weight: 1, arbitrary: pick([" every 2 months", " every 3 months from 2022-02"]) },
    ...(index > 1 ? [{ weight: 2, arbitrary: pick(events.slice(0, index - 1)).map((e) => ` on ${e}`) }] : []),
    ...(index > 2 ? [{ weight: 1, arbitrary: fc.constant(` on ${events.slice(0, index - 1).join(", ")}`) }] : []),
    { weight: 2, arbitrary: fc.constant("") },
  );
};

const event = (name: string, index: number): Source =>
  fc
    .tuple(
      timing(index),
      fc.option(condition(["l1", "l2", ...stocks], 1, true), { nil: null }),
      fc.constantFrom("", " repeats"),
      because,
      effects,
    )
    .map(([when, holds, repeats, why, then]) => {
      const needed = holds ?? (when === "" ? "x1 > 0.2" : null);
      return `event ${name}${when}${needed === null ? "" : ` when ${needed}`}${repeats}${when.includes("rate") ? why : ""}${then}\n`;
    });

const policy: Source = fc
  .tuple(
    pick([" every 2 months", " at 2022-03", " on e1", " rate 0.8 / 1 month"]),
    fc.constantFrom("", " repeats"),
    tame(expression(moving, 1, true)),
    tame(expression(moving, 1, true)),
    effects,
    pick(["", " sharpness 3", " when x2 > 0"]),
  )
  .map(
    ([when, repeats, a, b, then, more]) =>
      `policy p1 by somebody${when}${repeats}${more}\n  option calm: ${a}\n  option loud: ${b}${then}\n`,
  );

/** Names of the `suppose` blocks to be put on, in one of the settings tried. */
const supposed: Source = fc
  .tuple(
    pick(["set x1 = 0.7", "set x2 = x2 / 2 from 2022-03", "hold x3 = 0.4 from 2022-02", "hold x1 = 0.1", ""]),
    pick(["force e1 at 2022-02", "force e2 at 2022-03", "forbid e1", "forbid p1.calm", ""]),
    pick(["set c1 = true", "set u1 = 0.4", "set l1 = x1 / 2 from 2022-02", "set l2 = 0.1", ""]),
  )
  .map((items) => `suppose other {\n${items.map((i) => `  ${i}`).join("\n")}\n}\n`);

/** The text of a case, but for its head. It has a `suppose other`, and a choice `way` with the options `one` to `five`. */
export const generated: Source = fc
  .tuple(
    fc.constantFrom("", " using rk4"),
    fc.tuple(distribution, distribution, distribution),
    fc.tuple(distribution, distribution, pick(["", " every 2 months"])),
    fc.tuple(...stocks.map((_, i) => tame(expression(unknowns.slice(0, i), 1, false)))),
    fc.tuple(...stocks.map(() => fc.tuple(tame(expression([...moving, "l0", "l1", "l2", "way.k"], 2, true)), because))),
    // The first is the same at every step.
    fc.tuple(
      expression([...unknowns, "way.k"], 3, false),
      because,
      expression(moving, 3, true),
      expression([...moving, "l1"], 2, true),
    ),
    fc.tuple(expression([...moving, "l1"], 1, true), pick(["1", "2", "5", "40"]), pick(stocks), pick(months)),
    fc.tuple(...events.map(event)),
    fc.tuple(policy, supposed),
    fc.tuple(expression([...moving.slice(0, 6), "l1", "l2"], 1, true), fc.boolean()),
  )
  .map(
    ([
      method,
      [d1, d2, d3],
      [s1, s2, every],
      initial,
      flows,
      [l0, why, l1, l2],
      [late, delay, then, month],
      happenings,
      [p, s],
      [path, stepped],
    ]) =>
      [
        `time 2022-01 to 2022-09 by ${stepped ? "0.5 " : ""}month${method}`,
        `claim c1 causal "One." {}\nclaim c2 causal "Two." {}\nactor somebody`,
        `unknown u1 : number ~ ${d1} judged\nunknown u2 : number ~ ${d2} judged\nunknown u3 : number ~ ${d3} judged`,
        `shock s1 : number ~ ${s1}${every}\nshock s2 : number ~ ${s2}`,
        `table wave : number over number = -1 -> 2, 0 -> 0.5, 0.5 -> -1, 3 -> 4`,
        `stock x1 : number = ${initial[0]}\n  + (${flows[0]?.[0]}) / 2 months${flows[0]?.[1]}`,
        `stock x2 : number = ${initial[1]} within 0..1\n  - (${flows[1]?.[0]}) / 1 month${flows[1]?.[1]}`,
        `stock x3 : number = ${initial[2]} within ..2\n  + (${flows[2]?.[0]}) / 1 month${flows[2]?.[1]}`,
        `choice way by somebody = one { k 0.1 } | two { k 0.7 } | three { k -1 } | four { k 3 } | five { k 0 }`,
        `let l0 : number = tanh(${l0})${why}`,
        `let l1 : number = tanh(${l1})\nlet l2 : number = tanh(${l2}) + 0.1 * l3`,
        `let l3 : number = tanh(delay(${late}, ${delay} months) + delay(x1, 1 month, 0.3) + ${then}[${month}] + x2[start])`,
        ...happenings,
        p,
        `outcome o1 : number = final(x1) + final(l2) - max(x2) + min(l1) + final(l0)`,
        `outcome o2 : number = mean(x3, 2022-02, 2022-06) + at(l3, 2022-05) + total(x1) / 1 month`,
        `outcome o3 : number = tanh(max(${path}))`,
        `outcome o4 = first(e1, e2, e3)`,
        `outcome o5 : month = time_of(e2)`,
        `outcome o6 = happened(e3, 2022-06) and count(p1.loud) > 1`,
        `outcome o7 : number = min(x1, 2022-02, 2022-02 + count(e1) * 1 month)`,
        s,
      ].join("\n"),
  );

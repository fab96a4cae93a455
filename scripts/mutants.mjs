/** Lists the single changes that mutation testing makes to a source file: one operator, constant, condition or early return at a time, where code runs, never in a type or in the text of an error. */

import { parseSync } from "vite";

/** `<` includes its boundary or leaves it out; `<` becomes its contrary; sums become differences. */
const others = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "/=": ["*="],
};
const kindOfOperator = (operator) =>
  /^[<>]=?$/.test(operator) ? "comparison" : /^[=!]==$|&&|[|?]/.test(operator) ? "boolean" : "arithmetic";

const otherMethods = {
  max: "min",
  min: "max",
  find: "findLast",
  findLast: "find",
  findIndex: "findLastIndex",
  some: "every",
  every: "some",
  floor: "ceil",
  ceil: "floor",
};

/** What is written for readers: a change there is a change of words. */
const isWords = (node) =>
  node.type === "ThrowStatement" ||
  (node.type === "NewExpression" && /^(Refused|Error|RangeError|Usage)$/.test(node.callee.name ?? ""));
const isText = (node) => node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
const leaves = (node) => /^(Return|Continue|Break|Throw)Statement$/.test(node?.type ?? "");
/** An `if` that only leaves: an early return, or the next turn of a loop. */
const isGuard = (node) =>
  node.alternate === null &&
  (leaves(node.consequent) || (node.consequent.type === "BlockStatement" && leaves(node.consequent.body.at(-1))));

/** Each change of a source: its kind, the characters `from` to `to` of the source, and what stands there instead. */
export function mutantsOf(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const found = [];
  const change = (operator, from, to, text) => found.push({ operator, from, to, text });
  /** The operator between two operands, which may stand in brackets. */
  const between = (left, right, operator) => {
    const at = source.indexOf(operator, left.end);
    if (at < right.start)
      for (const other of others[operator] ?? []) change(kindOfOperator(operator), at, at + operator.length, other);
  };
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node?.type !== "string" || isWords(node)) return;
    if (/^(TS(?!AsExpression|SatisfiesExpression|NonNullExpression)|Import|ExportAll)/.test(node.type)) return;
    switch (node.type) {
      case "BinaryExpression":
      case "LogicalExpression":
        if (!isText(node.left) && !isText(node.right)) between(node.left, node.right, node.operator);
        break;
      case "AssignmentExpression":
        between(node.left, node.right, node.operator);
        break;
      case "UnaryExpression":
        if (node.operator === "!") change("boolean", node.start, node.start + 1, "");
        if (node.operator === "-") change("arithmetic", node.start, node.start + 1, "");
        break;
      case "Literal":
        if (typeof node.value === "number") change("constant", node.start, node.end, node.value === 1 ? "0" : "1");
        if (typeof node.value === "boolean") change("boolean", node.start, node.end, String(!node.value));
        break;
      case "IfStatement":
        change(isGuard(node) ? "early return" : "condition", node.test.start, node.test.end, "false");
        if (!isGuard(node)) change("condition", node.test.start, node.test.end, "true");
        break;
      case "ConditionalExpression":
        change("condition", node.test.start, node.test.end, "false");
        change("condition", node.test.start, node.test.end, "true");
        break;
      case "CallExpression": {
        const { property, object } = node.callee;
        const other = otherMethods[property?.name];
        if (
          other !== undefined &&
          !node.callee.computed &&
          (!/^(max|min|floor|ceil)$/.test(property.name) || object.name === "Math")
        )
          change("method", property.start, property.end, other);
        break;
      }
      default:
    }
    for (const [key, part] of Object.entries(node))
      if (typeof part === "object" && key !== "typeAnnotation" && key !== "typeArguments" && key !== "typeParameters")
        visit(part);
  };
  visit(program.body);
  return found.filter((m) => source.slice(m.from, m.to) !== m.text).map((m) => ({ file, ...m }));
}

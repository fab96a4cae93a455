/** The arguments of each tool that `casus mcp` offers, with what they mean, and sentences for those that do not fit. */

import { z } from "zod";
import { Usage } from "../disk.ts";

const caseOrText = {
  case: z
    .string()
    .optional()
    .describe("Path of the case inside the served folder: a folder with .casus files, or one such file."),
  text: z
    .string()
    .optional()
    .describe("Instead of a path: the text of a case of one file, to try it before it is written down."),
};

const running = {
  ...caseOrText,
  views: z
    .array(z.string())
    .optional()
    .describe('Views by name; ["all"] for every view. By default the first that the case declares.'),
  set: z
    .record(z.string(), z.string())
    .optional()
    .describe('Options that choices are held at, such as {"answer": "hold"}.'),
  worlds: z
    .number()
    .int()
    .min(1)
    .max(100_000_000)
    .optional()
    .describe(
      "Simulated runs of each combination of choices. By default as many as settle the verdicts: leave it out.",
    ),
  seed: z.number().int().min(0).max(4_294_967_295).optional().describe("Seed of every draw; 1 unless said."),
  format: z
    .enum(["text", "json"])
    .optional()
    .describe("text for reading (the default); json for every figure with its digits."),
};

const target = (what: string) => z.string().describe(`The name of ${what}, as the case declares it.`);

/** By tool. */
export const toolArguments = {
  check: z.strictObject({
    ...caseOrText,
    coverage: z
      .boolean()
      .optional()
      .describe("Also tells claims that switch nothing and lines that no claim supports. True unless said."),
  }),
  fix: z.strictObject(caseOrText),
  run: z.strictObject(running),
  explain: z.strictObject({ ...running, target: target("a conclusion or an outcome") }),
  flip: z.strictObject({ ...running, target: target("a conclusion") }),
  learn: z.strictObject({
    ...running,
    until: z.string().optional().describe("Counts only what had been seen by then, as 2023-06 or 2023-06-30."),
  }),
  tell: z.strictObject({
    ...caseOrText,
    view: z.string().optional().describe("Whose beliefs are drawn from."),
    set: running.set,
    where: z
      .string()
      .optional()
      .describe("A condition over the case's outcomes that must be so in the run, such as 'fallen and not attacked'."),
    world: z.number().int().min(0).max(4_294_967_295).optional().describe("The number of the run; 0 unless said."),
    seed: running.seed,
    format: running.format,
  }),
  publish: z.strictObject({
    case: z.string().describe("Path of the case inside the served folder."),
    out: z
      .string()
      .describe(
        "Where the page is written, inside the served folder: a name that ends in .html for one file, else a folder.",
      ),
    brief: z
      .boolean()
      .optional()
      .describe("Leaves out the panels that open on request, which take most of the runs. True unless said."),
  }),
} as const;

export type ToolName = keyof typeof toolArguments;
export type ArgumentsOf<Name extends ToolName> = z.infer<(typeof toolArguments)[Name]>;

/** The arguments, read. Throws `Usage` with a sentence for the first that does not fit. */
export function readArguments<Name extends ToolName>(name: Name, given: unknown): ArgumentsOf<Name> {
  const read = toolArguments[name].safeParse(given, { reportInput: true });
  if (read.success) return read.data as ArgumentsOf<Name>;
  const [issue] = read.error.issues;
  throw new Usage(`${name}: ${issue === undefined ? "the arguments do not fit" : sentenceOf(issue, name)}`);
}

function sentenceOf(issue: z.core.$ZodIssue, name: ToolName): string {
  const at = issue.path.length === 0 ? "its arguments" : `'${issue.path.join(".")}'`;
  switch (issue.code) {
    case "unrecognized_keys":
      return `there is no argument '${issue.keys.join("', '")}'; it takes ${Object.keys(toolArguments[name].shape).join(", ")}`;
    case "invalid_type":
      return issue.input === undefined && issue.path.length > 0
        ? `${at} is missing`
        : `${at} must be of type ${issue.expected}`;
    case "too_big":
      return `${at} is too large; give at most ${String(issue.maximum)}`;
    case "too_small":
      return `${at} is too small; give at least ${String(issue.minimum)}`;
    case "invalid_value":
      return `${at} must be one of ${issue.values.map(String).join(", ")}`;
    default:
      return `${at}: ${issue.message}`;
  }
}

/** Writes what `casus check` found as `casus/check@1`, from the one definition that its JSON Schema is made of. */

import { z } from "zod";
import type { Coverage } from "#model/coverage.ts";
import type { Model } from "#model/model.ts";
import type { SourceCheck } from "#model/verify-source.ts";
import { isClean, type Diagnostic } from "#text/diagnostic.ts";
import type { Fix } from "#text/fix.ts";
import { LineIndex, type Document, type Span } from "#text/span.ts";
import { from, writeFinding } from "./codec.ts";

const placeShape = z.object({
  file: z.string(),
  line: z.number().int().describe("from 1"),
  column: z.number().int().describe("from 1, in UTF-16 code units"),
  start: z.number().int().describe("offset in UTF-16 code units"),
  end: z.number().int().describe("offset past the last one"),
});

export const checkShape = z.object({
  schema: z.literal("casus/check@1"),
  case: z.union([z.string(), z.null()]).describe("name of the case; null where it could not be read"),
  clean: z.boolean().describe("nothing stops the case from running"),
  diagnostics: z.array(
    z.object({
      code: z.string().describe("slug of the catalogue"),
      severity: z.enum(["error", "warning"]),
      place: placeShape,
      message: z.string().describe("what is wrong"),
      hint: z.string().describe("what to write instead"),
      notes: z.array(z.object({ message: z.string(), place: z.union([placeShape, z.null()]) })),
      fixes: z
        .array(
          z.object({
            title: z.string(),
            sure: from(
              (f: Fix) => f.isSure,
              z.boolean().describe("`check --fix` takes it; the others are guesses, or one of several"),
            ),
            edits: z.array(z.object({ place: placeShape, text: z.string().describe("written in place of it") })),
          }),
        )
        .describe("ways to take the hint, the likeliest first"),
    }),
  ),
  coverage: z
    .object({
      idleClaims: z.array(z.string()).describe("claims that switch nothing"),
      unlocated: z.array(z.string()).describe("claims that point at no passage and cite nothing"),
      unsupported: z
        .array(z.object({ owner: z.string(), text: z.string() }))
        .describe("lines with neither a claim nor a mark"),
      sides: z.array(
        z.object({
          side: z.union([z.string(), z.null()]),
          claims: z.number().int(),
          gates: z.number().int(),
          lines: z.number().int(),
        }),
      ),
      uncovered: z
        .record(z.string(), z.array(z.object({ paragraph: z.number().int(), sentence: z.number().int() })))
        .describe("by source: sentences of the reader's copy that no claim points at"),
    })
    .optional()
    .describe("with --coverage"),
  sources: z
    .array(
      z.object({
        source: z.string(),
        claims: from(
          (s: SourceCheck) => s.located,
          z.array(
            z.object({
              claim: z.string(),
              text: from((c: SourceCheck["located"][number]) => c.label, z.string()),
              passages: z.array(z.object({ locator: z.string(), text: z.string() })),
            }),
          ),
        ),
      }),
    )
    .optional()
    .describe("with --source: each claim next to its passage in the reader's copy"),
});

/** What was looked at, and what was asked for with the diagnostics. */
interface Checked {
  readonly model: Model | null;
  readonly documents: readonly Document[];
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: Coverage | null;
  readonly sources: readonly SourceCheck[] | null;
}

export function checkJson({ model, documents, diagnostics, coverage, sources }: Checked): string {
  const lines = new Map(documents.map((d) => [d.name, new LineIndex(d.text)]));
  const placeOf = ({ document, start, end }: Span): z.infer<typeof placeShape> => {
    const { line, column } = lines.get(document)?.positionAt(start) ?? { line: 1, column: 1 };
    return { file: document, line, column, start, end };
  };
  return writeFinding(checkShape, {
    case: model?.name ?? null,
    clean: model !== null && isClean(diagnostics),
    diagnostics: diagnostics.map((d) => ({
      ...d,
      place: placeOf(d.span),
      notes: d.notes.map((n) => ({ ...n, place: n.span === undefined ? null : placeOf(n.span) })),
      fixes: d.fixes.map((f) => ({ ...f, edits: f.edits.map((e) => ({ ...e, place: placeOf(e.span) })) })),
    })),
    coverage: coverage ?? undefined,
    sources: sources ?? undefined,
  });
}

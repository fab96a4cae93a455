/** Everything the page of a case needs before it runs anything, written as one JSON text and read back. */

import type { RunFindings } from "#analysis/findings/findings.ts";
import type { Lead } from "#analysis/lead/lead.ts";
import type { RecordTestFinding } from "#analysis/record/record-tests.ts";
import type { RecordTable } from "#analysis/record/tables.ts";
import type { Model } from "#model/model.ts";
import type { Diagnostic } from "#text/diagnostic.ts";
import type { Document, Span } from "#text/span.ts";
import type { Panel } from "../render/page.ts";
import type { Provenance } from "../words/provenance.ts";

export interface PageData {
  readonly schema: "casus/page@1";
  /** The text of the case, for the editor. */
  readonly documents: readonly Document[];
  /** Null where the text is no case: the diagnostics say why. */
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly provenance: Provenance | null;
  readonly seed: number;
  /** Simulated runs of each situation. */
  readonly worlds: number;
  /** Whether verdicts get as many more as they need to be settled. */
  readonly untilSettled: boolean;
  /** Null while they are being made. */
  readonly findings: RunFindings | null;
  /** What the first screen shows of the leading conclusion; null while it is being made, and where the case draws none. */
  readonly lead: Lead | null;
  /** What the case's records say of its claims, and the rows behind it. */
  readonly records: { readonly tests: readonly RecordTestFinding[]; readonly tables: readonly RecordTable[] };
  /** What opens on request, found when the page was made; null where it was not. */
  readonly panels: readonly Panel[] | null;
  /** Where readers may reply (`https:`, `mailto:`): as whoever publishes says, else as the case says; or null. */
  readonly reply: string | null;
}

/** A page is for strangers: where the case lies on its writer's disk is not theirs to know. */
function bareName(path: string): string {
  return path.slice(1 + Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")));
}

/** The same with every place in the case's text named by the file alone. */
function withBarePlaces(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Float64Array) return value;
  if (Array.isArray(value)) return value.map(withBarePlaces);
  if (isPlace(value)) return { ...value, document: bareName(value.document) };
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withBarePlaces(v)]));
}

function isPlace(value: object): value is Span {
  return (
    "document" in value &&
    typeof value.document === "string" &&
    "start" in value &&
    typeof value.start === "number" &&
    "end" in value
  );
}

/** Parts shorter than this are written out each time. */
const shortest = 24;

/**
 * Compact JSON: a part that stands in several places is written once, in `parts`, and `{"$": place}` stands for it. A number that is not finite is
 * `{"$": "NaN"}` and the like, so that what `readPage` gives back is equal to the last bit. Names of a case hold no `$`. Files are named as in the case's folder, wherever that lies.
 */
export function writePage(page: PageData): string {
  const documents = page.documents.map((d) => ({ ...d, name: bareName(d.name) }));
  const data = withBarePlaces({ ...page, documents });
  const seen = new Map<string, { times: number; place: number }>();
  const text = (value: unknown): string => {
    if (typeof value === "number" && !Number.isFinite(value)) return `{"$":"${value}"}`;
    if (value instanceof Float64Array) return `{"$f":[${[...value].map(text).join(",")}]}`;
    if (Array.isArray(value)) return `[${value.map(text).join(",")}]`;
    if (typeof value === "object" && value !== null)
      return `{${Object.entries(value)
        .filter(([, v]) => v !== undefined)
        .map(([k, v]) => `${JSON.stringify(k)}:${text(v)}`)
        .join(",")}}`;
    return JSON.stringify(value);
  };
  const count = (value: unknown): void => {
    if (typeof value !== "object" || value === null || value instanceof Float64Array) return;
    const own = text(value);
    if (own.length < shortest) return;
    const known = seen.get(own);
    if (known !== undefined) {
      known.times++;
      return;
    }
    seen.set(own, { times: 1, place: -1 });
    for (const part of Object.values(value)) count(part);
  };
  count(data);
  const parts: string[] = [];
  const short = (value: unknown): string => {
    if (typeof value !== "object" || value === null || value instanceof Float64Array) return text(value);
    const own = text(value);
    const known = seen.get(own);
    if (known === undefined || known.times < 2) return inner(value);
    if (known.place < 0) {
      const written = inner(value);
      known.place = parts.length;
      parts.push(written);
    }
    return `{"$":${known.place}}`;
  };
  const inner = (value: object): string =>
    Array.isArray(value)
      ? `[${value.map(short).join(",")}]`
      : `{${Object.entries(value)
          .filter(([, v]) => v !== undefined)
          .map(([k, v]) => `${JSON.stringify(k)}:${short(v)}`)
          .join(",")}}`;
  const whole = short(data);
  return `{"parts":[${parts.join(",")}],"page":${whole}}`;
}

/** Throws a SyntaxError for a text that is no page. */
export function readPage(json: string): PageData {
  const { parts, page } = JSON.parse(json) as { parts?: unknown; page?: unknown };
  if (!Array.isArray(parts)) throw new SyntaxError("no page of a case: it has no parts");
  const made: unknown[] = [];
  const whole = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(whole);
    const place = (value as { $?: unknown }).$;
    if (typeof place === "number") return made[place];
    if (typeof place === "string") return Number(place);
    const floats = (value as { $f?: unknown }).$f;
    if (Array.isArray(floats)) return Float64Array.from(floats.map(whole) as number[]);
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, whole(v)]));
  };
  // A part refers only to parts before it.
  for (const part of parts) made.push(whole(part));
  const data = whole(page) as Partial<PageData> | null;
  if (data?.schema !== "casus/page@1") throw new SyntaxError("no page of a case: its schema is not casus/page@1");
  return data as PageData;
}

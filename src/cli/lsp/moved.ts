/** Carries places of a text that was read over to the text as it now is, so that what was found can be shown before it is read again. */

import type { Document, Edit, Span } from "#internal.ts";

/** Gives where a span now is; null where what it covers has been written over. */
export type Mover = (span: Span) => Span | null;

/** A text and the one it became: what stands before the first and behind the last difference has stayed. */
export function moverOf(before: readonly Document[], now: readonly Document[]): Mover {
  const changes = new Map(
    before.map((old) => {
      const text = now.find((d) => d.name === old.name)?.text;
      return [old.name, text === undefined ? null : changeOf(old.text, text)];
    }),
  );
  return (span) => {
    const change = changes.get(span.document);
    if (change === undefined || change === null) return null;
    if (span.end <= change.start) return span;
    if (span.start < change.end) return null;
    return { ...span, start: span.start + change.longer, end: span.end + change.longer };
  };
}

/** The edits where they now belong; null where one has lost its place. */
export function movedEdits(edits: readonly Edit[], move: Mover): readonly Edit[] | null {
  const moved = edits.flatMap(({ span, text }) => {
    const at = move(span);
    return at === null ? [] : [{ span: at, text }];
  });
  return moved.length === edits.length ? moved : null;
}

interface Change {
  /** Of what was written over, in the text before. */
  readonly start: number;
  readonly end: number;
  /** By how much the text has grown. */
  readonly longer: number;
}

function changeOf(before: string, now: string): Change {
  if (before === now) return { start: before.length, end: before.length, longer: 0 };
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start += 1;
  let behind = 0;
  while (behind < most - start && before.at(-1 - behind) === now.at(-1 - behind)) behind += 1;
  return { start, end: before.length - behind, longer: now.length - before.length };
}

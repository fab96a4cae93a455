/** The error of what Casus refuses to do, with the reason for the person who asked; every room may import it. */

import type { Span } from "./span.ts";

/**
 * Something that was asked for is refused: a question that has no answer as put, a file that cannot be read, a case whose runs cannot go on. The
 * reason is a sentence for the person who asked, without a full stop at its end. Whatever else is thrown is a bug of Casus.
 */
export class Refused extends Error {
  readonly reason: string;
  /** Where in the case's text the cause is; null where no one place is. */
  readonly place: Span | null;

  constructor(reason: string, place: Span | null = null) {
    super(reason);
    this.name = "Refused";
    this.reason = reason;
    this.place = place;
  }
}

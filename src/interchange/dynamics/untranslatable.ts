/** The error of an equation, or a part of one, that the language cannot express. */

/** A part of an equation that has no counterpart in the language. */
export class Untranslatable extends Error {
  constructor(why: string) {
    super(why);
    this.name = "Untranslatable";
  }
}

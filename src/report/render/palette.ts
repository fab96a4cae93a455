/** The marks of a report's words; the front end knows whether the reader's terminal shows colours. */

export interface Palette {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly even: (text: string) => string;
  readonly unsure: (text: string) => string;
}

const asIs = (text: string): string => text;

/** No marks at all. */
export const plainPalette: Palette = { strong: asIs, faint: asIs, good: asIs, bad: asIs, even: asIs, unsure: asIs };

const escape = String.fromCharCode(27);

function painted(on: number, off: number): (text: string) => string {
  return (text) => (text === "" ? "" : `${escape}[${on}m${text}${escape}[${off}m`);
}

/** The sixteen colours every terminal has. */
export const colourPalette: Palette = {
  strong: painted(1, 22),
  faint: painted(2, 22),
  good: painted(32, 39),
  bad: painted(31, 39),
  even: painted(36, 39),
  unsure: painted(33, 39),
};

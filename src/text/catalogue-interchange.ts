/** What can be wrong with a file of another program, and what an importer cannot carry over from it. */

import type { Entry } from "./entry.ts";

export const interchangeCatalogue = {
  "unreadable-file": (p: { message: string; hint: string }): Entry => ({ message: p.message, hint: p.hint }),
  "not-carried-over": (p: { name: string; why: string }): Entry => ({
    severity: "warning",
    message: `'${p.name}' is not carried over: ${p.why}`,
    hint: "the case lists it under 'leaves out'; add it by hand where a claim needs it",
  }),
  "carried-otherwise": (p: { name: string; why: string }): Entry => ({
    severity: "warning",
    message: `'${p.name}' is carried over in another form: ${p.why}`,
    hint: "the case says so in a note; change it where it matters",
  }),
};

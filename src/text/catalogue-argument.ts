/** What can be wrong in the claims, views, choices, conclusions and records of a case that parses. */

import type { Entry } from "./entry.ts";

export const argumentCatalogue = {
  "reply-address": (p: { address: string }): Entry => ({
    message: `'${p.address}' is no address that a reader could follow`,
    hint: /^[^\s@:]+@[^\s@]+$/.test(p.address)
      ? `write: reply to "mailto:${p.address}"`
      : 'write a page or a mailbox: reply to "https://…" or reply to "mailto:…"',
  }),
  "hash-form": (_: object): Entry => ({
    message: "this is not a SHA-256",
    hint: "write its 64 hexadecimal digits",
  }),

  // ---- claims and their credences
  "bad-credence": (p: { meant: string | null }): Entry => ({
    message: "a credence is a share from 0% to 100%",
    hint: p.meant === null ? "write a share such as 60%, or a word of the wording" : `write: ${p.meant}`,
    replace: p.meant === null ? [] : [p.meant],
  }),
  "credence-unreachable": (p: { claim: string }): Entry => ({
    message: `this credence of '${p.claim}' can never count: the one before it always holds`,
    hint: "put the credence without 'given' last",
  }),
  "credence-unfinished": (p: { claim: string }): Entry => ({
    message: `nothing says how far '${p.claim}' is believed when none of the conditions holds`,
    hint: "add a last credence without 'given': …, 10%",
  }),
  "given-later": (p: { claim: string; other: string }): Entry => ({
    message:
      p.claim === p.other
        ? `'${p.claim}' cannot depend on itself`
        : `'${p.claim}' cannot depend on '${p.other}', which is not declared before it`,
    hint:
      p.claim === p.other
        ? "name another claim after 'given'"
        : `declare '${p.other}' first, or turn the dependence round`,
  }),
  "given-rival": (p: { claim: string; other: string }): Entry => ({
    message: `'${p.claim}' cannot depend on '${p.other}': they exclude one another already`,
    hint: "leave the condition out: in a 'one of', only one claim is true in a run",
  }),
  "given-undrawn": (p: { claim: string; other: string; last: string }): Entry => ({
    message: `'${p.claim}' cannot depend on '${p.other}', which is decided together with '${p.last}', declared after '${p.claim}'`,
    hint: `declare '${p.last}' before '${p.claim}'`,
  }),
  "claim-in-two": (p: { claim: string; other: string }): Entry => ({
    message: `'${p.claim}' is already in '${p.other}'`,
    hint: "a claim can be in only one 'one of'",
  }),
  "group-sum": (p: { group: string; total: string; isExact: boolean; where: string | null }): Entry => ({
    message: `the credences of '${p.group}' add up to ${p.total}%${p.where === null ? "" : ` where ${p.where}`}`,
    hint: p.isExact
      ? "exactly one of them is true: make them add up to 100%, or close the list with 'neither'"
      : "at most one of them is true: keep their sum within 100%",
  }),
  "group-conditions": (p: { group: string; limit: number }): Entry => ({
    message: `the credences of '${p.group}' depend on more than ${p.limit} other claims, too many to add them up`,
    hint: "let them depend on fewer claims",
  }),

  // ---- views and choices
  "like-ring": (p: { ring: readonly string[] }): Entry => ({
    message:
      p.ring.length === 1
        ? `'${p.ring[0] ?? ""}' is like itself`
        : `these views are like one another: ${[...p.ring, p.ring[0] ?? ""].slice(0, 9).join(" → ")}`,
    hint: "let one of them start from the case: leave its 'like' out",
  }),
  "needs-later": (p: { unknown: string; other: string }): Entry => ({
    message:
      p.unknown === p.other
        ? `the value of '${p.unknown}' here depends on '${p.other}' itself`
        : `the value of '${p.unknown}' here depends on '${p.other}', which is drawn after it`,
    hint: `use figures, claims, and unknowns that the case draws before '${p.unknown}'`,
  }),
  "one-option": (p: { choice: string }): Entry => ({
    message: `'${p.choice}' has one option, so there is nothing to choose`,
    hint: "write two options or more: = a | b",
  }),
  "known-later": (p: { choice: string; other: string }): Entry => ({
    message: `'${p.choice}' cannot know '${p.other}', which is chosen after it`,
    hint: "declare and date the other choice first, or leave it out",
  }),

  // ---- statements about runs
  "not-a-comparison": (p: { text: string; isEquality: boolean }): Entry => ({
    message: p.isEquality ? "two figures over runs are never exactly equal" : `'${p.text}' compares nothing`,
    hint: p.isEquality
      ? "say how far apart they may lie: chance(x) within 1 point of chance(y)"
      : "write: chance(x) > chance(y), or another comparison by < or >",
  }),
  "no-figure": (_: object): Entry => ({
    message: "this statement has no figure over runs",
    hint: "use chance(…), mean(…), median(…) or quantile(…)",
  }),
  "negative-margin": (_: object): Entry => ({
    message: "the margin that matters is a size and cannot be negative",
    hint: "write it without the minus, and turn the comparison round if need be",
  }),
  "within-of-comparison": (_: object): Entry => ({
    message: "a comparison by < or > cannot also lie 'within … of' something",
    hint: "write: chance(x) >= chance(y) within 2 points for not much less, chance(x) within 2 points of chance(y) for about as much",
  }),
  "by-and-within": (_: object): Entry => ({
    message: "a statement cannot have both 'by' and 'within': 'by' asks for more, 'within' allows less",
    hint: "leave one of the two out",
  }),
  "out-of-range": (p: { what: string; least: string; most: string }): Entry => ({
    message: `${p.what} lies between ${p.least} and ${p.most}`,
    hint: "write a share such as 90%",
  }),

  // ---- what is done
  "not-an-intervention": (p: { text: string }): Entry => ({
    message: `'${p.text}' is not an intervention`,
    hint: "write CHOICE = OPTION, a claim, 'not' a claim or the name of a 'suppose', joined by 'and'; write what is known after '|'",
  }),
  "done-twice": (p: { name: string }): Entry => ({
    message: `'${p.name}' is set to two different things at once`,
    hint: "keep one of them",
  }),
  "rivals-together": (p: { first: string; second: string }): Entry => ({
    message: `'${p.first}' and '${p.second}' exclude one another and cannot be true together`,
    hint: "keep one of them; the others of its 'one of' are then false",
  }),
  "rivals-all-off": (p: { claims: readonly string[] }): Entry => ({
    message: `one of ${p.claims.join(", ")} must be true, and all are made false`,
    hint: "leave one of them out, or close their 'one of' with 'neither'",
  }),
  "from-for-whole-run": (p: { kind: string }): Entry => ({
    message: `${/^[aeiou]/.test(p.kind) ? "an" : "a"} ${p.kind} is set for the whole run`,
    hint: "leave 'from' and its date out",
  }),
  "claim-value": (p: { claim: string }): Entry => ({
    message: `the claim '${p.claim}' can be set to true or false`,
    hint: `write: set ${p.claim} = true`,
  }),

  // ---- records and what was observed
  "if-in-record": (_: object): Entry => ({
    message: "a record cannot be changed: 'if' has no meaning here",
    hint: "write what is known after '|': share(x | y)",
  }),
  "record-without-file": (p: { record: string }): Entry => ({
    message: `the record '${p.record}' names no file`,
    hint: 'add: file "rows.csv"',
  }),
  "columns-unread": (p: { record: string; file: string }): Entry => ({
    message: `the record '${p.record}' does not say what its columns are, and ${p.file} cannot be read here`,
    hint: "put the file into the case's folder, or name the columns you ask about: column fell : yes | no",
  }),
  "column-type": (p: { column: string; wanted: string }): Entry => ({
    message: `the column '${p.column}' does not hold ${p.wanted}`,
    hint: `name a column of ${p.wanted === "a year" ? "years: column known_in : year" : "plain numbers: column cases : number"}`,
  }),
  "no-posterior": (p: { text: string }): Entry => ({
    message: `'${p.text}' gives no posterior`,
    hint: "write one share(…) or one rate(…), with nothing around it",
  }),
  "settled-without-date": (p: { state: string }): Entry => ({
    message: `nothing says when it ${p.state}`,
    hint: `add the date: state ${p.state} on 2022-02-24`,
  }),
  "settled-too-late": (p: { on: string; by: string }): Entry => ({
    message: `a forecast for ${p.by} cannot have come true later, on ${p.on}`,
    hint: "correct the date, or the state: after its date a forecast that had not come true has come false",
  }),
  "settled-too-early": (p: { on: string; by: string }): Entry => ({
    message: `a forecast for ${p.by} cannot have come false earlier, on ${p.on}: it could still come true`,
    hint: "correct the date, or leave the state open until then",
  }),
  "state-without-reason": (p: { state: string }): Entry => ({
    message: `nothing says why the state is '${p.state}'`,
    hint: `add the reason: state ${p.state} "it was not tried"`,
  }),
  "record-path": (p: { file: string }): Entry => ({
    message: `'${p.file}' is no table (.csv, .jsonl, .parquet) in the case's own folder`,
    hint: 'write its name alone, or with a folder inside the case: "records/cases.csv"',
  }),
  "alternative-differs": (p: { column: string; other: string }): Entry => ({
    message:
      p.column === p.other
        ? `the column '${p.column}' cannot stand in for itself`
        : `'${p.other}' is no other coding of '${p.column}': their types differ`,
    hint: "name a column of the same type, words and unit",
  }),
  "series-order": (_: object): Entry => ({
    message: "the points of a series must be in order of time, one for each moment",
    hint: "sort them, and keep one value for each date",
  }),
};

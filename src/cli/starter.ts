/** Writes the text of a small case that runs, to be written over. */

/** A case of one claim, one choice and one event. `name` is a name of the language; `question` any line of text. */
export function starterCase(name: string, question: string): string {
  return `// ${title}

case ${name} ${quoted(question)} {
  modeller "Your name"
  version "0.1"
  note "Say here what the argument is, and whose."
  leaves out "Say here what the model does not hold."
}

source article { title "The text whose argument this is" author "Its author" year 2024 }

time 2024-01 to 2029-01 by month

// What the text says, in your words: where it says it, and how far its author believes it.
claim deters causal "A promise in writing makes an attack look dear." { at article p1 s1  credence 70% }

// Whoever sees it otherwise, in the same model.
view author "The author, as we read the text" { deters 95% }
view sceptic "A reader who doubts it" { deters 20% }

// What nobody knows: a plain range is a 90 % interval.
unknown usual_rate : share/year "Attacks a year with no promise" ~ 2 percent/year to 10 percent/year
  judged "Say here what it rests on"
unknown pull : number "How much a promise moves the risk: logarithm" ~ 0.2 to 1.2  judged "No measure exists"

// What can be done.
actor ally "The ally"
choice promise "What the ally promises" by ally = written "A treaty" | nothing "Nothing"
let promised : number = if promise = written then 1 else 0

// What may come of it. The second line counts in the runs in which the claim is true.
event attack "The neighbour attacks" rate
    usual_rate
  * exp(-pull * promised)  because deters text

outcome peace "No attack by the end" = not happened(attack)

conclusion it_works "A promise keeps the peace" of deters:
  chance(peace if promise = written) > chance(peace if promise = nothing) by 2 points

// What must stay true of the model, whatever is believed.
expect no_worse "A promise does no harm": chance(peace if promise = written) >= chance(peace if promise = nothing)
`;
}

const title =
  "Write over every line. Each word is explained in docs/language.md; casus check says what is wrong and where.";

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

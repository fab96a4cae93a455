/** Everything a reader can move, as plain data: what goes into the address, into a file, and through undo. */

import { eventsOf, leadingOf, type Distribution, type Model, type Profile } from "#internal.ts";

/** A view of the case, and what the reader believes otherwise. */
export interface Stance {
  readonly view: string;
  /** By claim: the credence of each of its rows. */
  readonly credences: Readonly<Record<string, readonly number[]>>;
  /** By unknown, in base units. */
  readonly distributions: Readonly<Record<string, Distribution>>;
}

export interface Settings extends Stance {
  /** The conclusion looked at. */
  readonly conclusion: string;
  /** The options outcomes are told under, where a picture does not vary them. */
  readonly choices: Profile;
  /** The choice along which outcomes are compared. */
  readonly along: string;
  /** The stock or let whose course is drawn. */
  readonly series: string;
  /** Whether what happened is told beside what is believed. */
  readonly reweighed: boolean;
  /** What the reader compares with. */
  readonly pinned: Stance | null;
}

/** Whether the reader has moved anything: until then no figure is told as the reader's. */
export function isMoved(stance: Stance): boolean {
  return Object.keys(stance.credences).length > 0 || Object.keys(stance.distributions).length > 0;
}

/** The options a conclusion sets in every figure alike, and the choice along which its figures part. */
export function comparedIn(
  model: Model,
  conclusion: string,
  settings: Pick<Settings, "choices" | "along">,
): Pick<Settings, "choices" | "along"> {
  const figures = model.conclusions.find((c) => c.name === conclusion)?.comparison.figures ?? [];
  const options = (choice: string): readonly string[] => [
    ...new Set(
      figures.map(({ intervention: { choices } }) =>
        Object.hasOwn(choices, choice) ? (choices[choice] ?? "") : (settings.choices[choice] ?? ""),
      ),
    ),
  ];
  const along = model.choices.find((c) => options(c.name).length > 1)?.name ?? settings.along;
  const choices = Object.fromEntries(
    model.choices.map((c) => [c.name, options(c.name)[0] ?? settings.choices[c.name] ?? ""]),
  );
  return { along, choices };
}

/** Where a reader starts: the first view, nothing moved, what the case itself puts first. */
export function firstSettings(model: Model, views: readonly string[]): Settings {
  const leading = model.leading ?? leadingOf(model);
  const conclusion = model.conclusions.find((c) => c.name === leading) ?? model.conclusions[0];
  const free = model.choices.filter((c) => c.default === null);
  const name = conclusion?.name ?? "";
  const standing = Object.fromEntries(model.choices.map((c) => [c.name, c.default ?? c.options[0]?.name ?? ""]));
  const along = (free.at(-1) ?? model.choices[0])?.name ?? "";
  return {
    view: views[0] ?? "case",
    credences: {},
    distributions: {},
    conclusion: name,
    ...comparedIn(model, name, { choices: standing, along }),
    series: firstSeries(model, conclusion),
    reweighed: false,
    pinned: null,
  };
}

/** Among stocks with words of their own, the one that most lines of the events concluded about read, themselves or by one auxiliary; then that most lines of any kind read. */
function firstSeries(model: Model, conclusion: Model["conclusions"][number] | undefined): string {
  const shown = model.stocks.filter((s) => !s.hidden && s.label !== s.name);
  const outcomes = new Set(
    conclusion?.comparison.figures.flatMap((f) => (f.of.op === "outcome" ? [f.of.name] : [])) ?? [],
  );
  const events = new Set(model.outcomes.filter((o) => outcomes.has(o.name)).flatMap((o) => eventsOf(o) ?? []));
  const own = model.terms.filter((t) => t.owner.startsWith("event ") && events.has(t.owner.slice(6)));
  const through = new Set(own.flatMap((t) => t.reads));
  const behind = model.terms.filter((t) => t.owner.startsWith("let ") && through.has(t.owner.slice(4)));
  const count = (terms: Model["terms"], name: string): number => terms.filter((t) => t.reads.includes(name)).length;
  const weight = (name: string): number =>
    1000 * count(own, name) + 100 * count(behind, name) + count(model.terms, name);
  return (
    shown.toSorted((a, b) => weight(b.name) - weight(a.name))[0]?.name ??
    model.stocks.find((s) => !s.hidden)?.name ??
    ""
  );
}

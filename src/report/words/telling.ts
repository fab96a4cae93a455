/** Picks the choice along which the outcomes differ most, and the profiles along it. */

import type { ChoiceHead, ProfileFinding } from "#analysis/findings/findings.ts";

/** The profiles that differ from the first at most in one choice. */
export function alongChoice(
  profiles: readonly ProfileFinding[],
  first: ProfileFinding,
  choice: ChoiceHead,
): readonly ProfileFinding[] {
  return profiles.filter((p) =>
    Object.entries(p.choices).every(([c, o]) => c === choice.name || first.choices[c] === o),
  );
}

/** The choice along which the outcomes that are always shown part most, each measured by its largest mean. */
export function mostTelling(
  choices: readonly ChoiceHead[],
  profiles: readonly ProfileFinding[],
  first: ProfileFinding,
  shown: readonly string[],
): ChoiceHead | undefined {
  const parting = (choice: ChoiceHead): number => {
    const along = alongChoice(profiles, first, choice);
    return shown.reduce((sum, name) => {
      const means = along.map((p) => p.outcomes.find((o) => o.name === name)?.summary.mean ?? 0);
      const size = Math.max(...means.map(Math.abs));
      return size > 0 ? sum + (Math.max(...means) - Math.min(...means)) / size : sum;
    }, 0);
  };
  return choices.map((choice) => ({ choice, by: parting(choice) })).toSorted((a, b) => b.by - a.by)[0]?.choice;
}

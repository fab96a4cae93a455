/** `casus parts`: what a case can be built from, with its source and when not to use it. */

import type { Command } from "commander";
import type { ShelfPart } from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { readShelf, takeFromShelf } from "../shelf.ts";

export function addParts(program: Command, done: Done): void {
  program
    .command("parts [part]")
    .description(
      "list the parts that casus add puts into a case and the templates casus new begins from; or print one of them",
    )
    .action((name: string | undefined) => done(listParts(name)));
}

function listParts(name: string | undefined): ExitCode {
  if (name !== undefined) {
    process.stdout.write(takeFromShelf(name, "parts", "templates").document.text);
    return 0;
  }
  process.stdout.write(`Parts, for casus add PART CASE\n${table(readShelf("parts"))}\n`);
  process.stdout.write(`Templates, for casus new DIR --template NAME\n${table(readShelf("templates"))}`);
  return 0;
}

function table(pieces: readonly ShelfPart[]): string {
  const wide = Math.max(...pieces.map((p) => p.name.length));
  return pieces.map((p) => `  ${p.name.padEnd(wide)}  ${p.title}\n`).join("");
}

/** `casus parts`: what a case can be built from, with its source and when not to use it. */

import type { Command } from "commander";
import { shelfBlocks } from "#internal.ts";
import type { Done, ExitCode } from "../exit.ts";
import { screenText } from "../output.ts";
import { readShelf, takeFromShelf } from "../shelf.ts";

export function addParts(program: Command, done: Done): void {
  program
    .command("parts [part]")
    .description("list the parts (for casus add) and the templates (for casus new); or print one of them")
    .action((name: string | undefined) => done(listParts(name)));
}

function listParts(name: string | undefined): ExitCode {
  if (name !== undefined) {
    process.stdout.write(takeFromShelf(name, "parts", "templates").document.text);
    return 0;
  }
  process.stdout.write(screenText(shelfBlocks(readShelf("parts"), readShelf("templates")), {}));
  return 0;
}

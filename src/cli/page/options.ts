/** The options that all verbs that make a page share. */

import type { Command } from "commander";
import { whole, worldsOption } from "../options.ts";
import { usualThreads } from "../threads.ts";
import type { PageOptions } from "./case-page.ts";

/** What a page is made with, and by how many threads. */
export interface PageMaking extends PageOptions {
  readonly threads: number;
  /** Without the panels that open on request. */
  readonly brief?: boolean;
}

export function withPageOptions(command: Command): Command {
  return command
    .addOption(worldsOption(16, 100_000, "until settled"))
    .option("--seed <n>", "seed of the random numbers", whole(0, 4_294_967_295), 1)
    .option(
      "--reply <address>",
      "where readers may reply, instead of where the case says: an address that begins with https:// or mailto:",
    )
    .option("--brief", "leave out the panels that open on request: they take most of the runs")
    .option(
      "--threads <n>",
      "number of threads; the figures are the same with any number",
      whole(1, 256),
      usualThreads,
    );
}

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { scratchFolder } from "./scripts/scratch.mjs";

// Whatever a test or a program that it starts writes into the system's folder for temporary files goes with the run. The threads that run tests inherit it.
if (process.env["CASUS_TEST_SCRATCH"] === undefined) {
  process.env["TMPDIR"] = scratchFolder();
  process.env["CASUS_TEST_SCRATCH"] = process.env["TMPDIR"];
}

/** What takes longest, longest first: a long file that begins last keeps one core idle. The others go by their size. */
const longest = [
  "web/reader",
  "web/journey",
  "cli/queue",
  "kernel/wasm/agreement",
  "web/",
  "docs/tutorial",
  "casebook/figures",
  "cli/",
  "analysis/",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((start) => moduleId.includes(`/test/${start}`));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

const report = process.env["CASUS_TEST_REPORT"];

export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    // Taken in: what publishes its own sources under the condition that ours are found by. Left as it is: the command line that was built.
    server: { deps: { inline: [/@modelcontextprotocol\/client/, /eventsource/], external: [/\/dist\/command\//] } },
    // Generous: no test depends on the clock, and a busy machine must not fail one.
    testTimeout: 180_000,
    // One file at a time leaves a core idle while a command or a browser is waited for; three are no quicker than two.
    maxWorkers: 2,
    // A process of its own for each file took a third of the time. No room keeps what a file of tests could leave behind for the next one.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    hookTimeout: 180_000,
    reporters: report === undefined ? ["default"] : ["default", "json"],
    ...(report === undefined ? {} : { outputFile: { json: report } }),
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/language/tree.ts", "src/model/model.ts"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});

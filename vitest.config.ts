import { defineConfig } from "vitest/config";
import { scratchFolder } from "./scripts/scratch.mjs";

// Whatever a test or a program that it starts writes into the system's folder for temporary files goes with the run. The threads that run tests inherit it.
if (process.env["CASUS_TEST_SCRATCH"] === undefined) {
  process.env["TMPDIR"] = scratchFolder();
  process.env["CASUS_TEST_SCRATCH"] = process.env["TMPDIR"];
}

const report = process.env["CASUS_TEST_REPORT"];

export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    // It publishes its own sources under the condition that ours are found by.
    server: { deps: { inline: [/@modelcontextprotocol\/client/, /eventsource/] } },
    // Generous: no test depends on the clock, and a busy machine must not fail one.
    testTimeout: 180_000,
    // One file at a time leaves a core idle while a command or a browser is waited for; three are no quicker than two.
    maxWorkers: 2,
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

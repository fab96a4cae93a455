/** Bundles the command line and its threads into dist/command: a process, and each of its threads, then loads two files instead of hundreds. */

import { join } from "node:path";
import { defaultServerConditions, defineConfig } from "vite";

const root = import.meta.dirname;
const conditions = ["source", ...defaultServerConditions];

export default defineConfig({
  root,
  publicDir: false,
  // A queue's libraries are the user's own, and loaded when one is asked for.
  ssr: { noExternal: true, external: ["bullmq", "ioredis"], resolve: { conditions } },
  resolve: { conditions },
  build: {
    ssr: true,
    outDir: join(root, "dist/command"),
    emptyOutDir: true,
    target: "node20",
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: Object.fromEntries(
        ["main", "worker-thread", "parquet-thread", "reading-thread", "status-thread"].map((name) => [
          name,
          join(root, `src/cli/${name}.ts`),
        ]),
      ),
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        comments: false,
        // Names stay, so that where an error came from can be read.
        minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
      },
    },
  },
});

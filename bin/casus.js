#!/usr/bin/env node
import { existsSync } from "node:fs";

const built = new URL("../dist/cli/main.js", import.meta.url);
if (!existsSync(built)) {
  process.stderr.write("casus is not built yet; run: npm run build\n");
  process.exit(2);
}
// Whoever reads may have read enough, as `head` does.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});
const { main } = await import(built.href);
process.exitCode = await main(process.argv.slice(2));

/** Loaded before a command (`node --import`): when it ends, writes the processor seconds and the memory of all its threads to the file named in `CASUS_USAGE`. */

import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const file = process.env.CASUS_USAGE;
if (isMainThread && file !== undefined)
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(
      file,
      JSON.stringify({ processor: (user + system) / 1e6, memory: process.resourceUsage().maxRSS * 1024 }),
    );
  });

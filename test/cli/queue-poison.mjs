/** A worker that is killed by every task it takes: `node queue-poison.mjs URL VERSION`. Whoever starts it sees it die. */

const [, , url, version] = process.argv;
const { openServer } = await import("../../dist/cli/queue/server.js");
const { shardsAt } = await import("../../dist/cli/queue/shards.js");
const { serveQueue } = await import("../../dist/cli/queue/worker.js");

const server = await openServer(url);
const dies = () => process.kill(process.pid, "SIGKILL");
await serveQueue({
  server,
  shards: shardsAt(undefined, server),
  version,
  lab: { threads: 1, perform: dies, each: dies },
  onNote: () => {},
  stall: { lock: 1500, look: 500 },
});
process.stderr.write("ready\n");

/** The server for assistants, asked by the protocol's own client: over standard input and output, over HTTP, and in one process where a bug is planted. */

import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  Client,
  InMemoryTransport,
  StreamableHTTPClientTransport,
  type CallToolResult,
} from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { assistantServer } from "#cli/mcp/server.ts";

const outside = mkdtempSync(join(tmpdir(), "casus-mcp-"));
const folder = join(outside, "served");
const command = resolve("bin/casus.js");

/** Small, with a claim, a choice and something seen. */
const text = `case lamp "Would a lamp help?"
source memo { title "On lamps" author "A. Writer" year 2020 }
time 2020-01 to 2022-01 by month
claim bright causal "Light keeps thieves away." { at memo p1 s2  credence 60% }
unknown thefts : share/year "Thefts a year" ~ 20 percent/year to 40 percent/year  judged "an example"
actor town "The town"
choice lamp by town = lit | dark
event theft "A theft" rate
    thefts
  * (if lamp = lit then 0.3 else 1)  because bright text
outcome robbed "A theft by the end" = happened(theft)
conclusion helps "A lamp helps" of bright: chance(robbed if lamp = lit) < chance(robbed if lamp = dark) by 1 point
evidence quiet "No theft in the first year" by 2021-01: not happened(theft) if lamp = lit
`;

beforeAll(() => {
  mkdirSync(join(folder, "lamp"), { recursive: true });
  writeFileSync(join(folder, "lamp", "lamp.casus"), text);
  writeFileSync(join(outside, "secret.casus"), text.replace("case lamp", "case secret"));
  writeFileSync(
    join(folder, "op-ed.txt"),
    "On lamps\n\nThe square is dark. Light keeps thieves away.\n\nBuy a lamp.\n",
  );
  cpSync("casebook/guarantee", join(folder, "guarantee"), { recursive: true });
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

function connect(...words: readonly string[]): Promise<Client> {
  return opened(
    new StdioClientTransport({
      command: process.execPath,
      args: [command, "mcp", folder, "--threads", "1", ...words],
      stderr: "ignore",
    }),
  );
}

async function opened(transport: Parameters<Client["connect"]>[0]): Promise<Client> {
  const client = new Client({ name: "casus-test", version: "1.0.0" });
  await client.connect(transport);
  return client;
}

async function call(
  client: Client,
  name: string,
  given: Record<string, unknown>,
): Promise<{ text: string; isError: boolean }> {
  const { content, isError } = (await client.callTool(
    { name, arguments: given },
    { timeout: 170_000 },
  )) as CallToolResult;
  const [first] = content;
  return { text: first?.type === "text" ? first.text : "", isError: isError === true };
}

describe("casus mcp over standard input and output", () => {
  let client: Client;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client.close());

  it("says what it is and lists tools whose schemas are complete", async () => {
    expect(client.getServerVersion()).toMatchObject({ name: "casus" });
    const { tools } = await client.listTools();
    expect(tools.map((t) => t.name)).toEqual(["check", "fix", "run", "explain", "flip", "learn", "tell", "publish"]);
    for (const tool of tools) {
      expect(tool.inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      for (const property of Object.values(tool.inputSchema.properties ?? {}))
        expect(property, tool.name).toHaveProperty("description");
    }
    expect(tools.find((t) => t.name === "explain")?.inputSchema.required).toEqual(["target"]);
  });

  it("gives the reference, the casebook and the folder's cases to read", async () => {
    const { resources } = await client.listResources();
    const uris = resources.map((r) => r.uri);
    for (const uri of [
      "casus://docs/language",
      "casus://docs/assistants",
      "casus://casebook/guarantee",
      "casus://cases/lamp",
    ])
      expect(uris).toContain(uri);
    for (const { uri } of resources) {
      const { contents } = await client.readResource({ uri });
      const [first] = contents;
      expect(first !== undefined && "text" in first ? first.text.length : 0, uri).toBeGreaterThan(100);
    }
    const { contents } = await client.readResource({ uri: "casus://cases/lamp" });
    expect(contents[0]).toMatchObject({ text });
    await expect(client.readResource({ uri: "casus://cases/..%2Fsecret.casus" })).rejects.toThrow(/leads out/);
    await expect(client.readResource({ uri: "casus://cases/none" })).rejects.toThrow(/there is no none/);
  });

  it("leads from an article to a case by the rules", async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map((p) => p.name)).toEqual(["article_to_case"]);
    const { messages } = await client.getPrompt({ name: "article_to_case", arguments: { article: "op-ed.txt" } });
    const { content } = messages[0] ?? { content: { type: "text" as const, text: "" } };
    const words = content.type === "text" ? content.text : "";
    for (const rule of ["Paraphrase", "Locate", "Cite or call judgement", "rivals", "left out"])
      expect(words).toContain(rule);
    expect(words).toContain("p1 s2  Light keeps thieves away.");
    await expect(
      client.getPrompt({ name: "article_to_case", arguments: { article: "../secret.casus" } }),
    ).rejects.toThrow(/leads out/);
  });

  it("checks a case by its path or as a text, and takes the fixes that are sure", async () => {
    expect((await call(client, "check", { case: "lamp" })).text).toContain("Nothing is wrong with it.");
    const wrong = text.replace("~ 20 percent", "= 20 percent");
    const told = await call(client, "check", { text: wrong });
    expect(told.text).toMatch(/error\[/);
    expect(told.text).toContain("case.casus:5:");
    const fixed = await call(client, "fix", { text: wrong });
    expect(fixed.text).toContain("1 fix taken");
    expect(fixed.text).toContain("~ 20 percent/year");
    mkdirSync(join(folder, "slips"));
    writeFileSync(join(folder, "slips", "slips.casus"), wrong);
    expect((await call(client, "fix", { case: "slips" })).text).toContain("Nothing is wrong with it now.");
    expect(readFileSync(join(folder, "slips", "slips.casus"), "utf8")).toBe(text);
  });

  it("runs a case to the figures of the command", async () => {
    const own = await call(client, "run", { case: "lamp", format: "json" });
    const { stdout } = spawnSync(process.execPath, [command, "run", "lamp", "--threads", "1", "--json"], {
      encoding: "utf8",
      cwd: folder,
    });
    expect(JSON.parse(own.text)).toEqual(JSON.parse(stdout));
    expect((await call(client, "run", { text, views: ["all"] })).text).toMatch(/A lamp helps.*holds/s);
  });

  it("explains, flips, learns and tells", async () => {
    expect((await call(client, "explain", { case: "lamp", target: "helps" })).text).toContain(
      "Light keeps thieves away",
    );
    expect((await call(client, "flip", { case: "lamp", target: "helps", format: "json" })).text).toContain(
      "casus/flip@1",
    );
    expect((await call(client, "learn", { case: "lamp", worlds: 400 })).text).toContain("bright");
    expect((await call(client, "tell", { text, where: "robbed", set: { lamp: "lit" } })).text).toContain("seed 1");
  });

  it("publishes a page inside the folder", async () => {
    if (!existsSync("dist/web/single/page.js"))
      execFileSync("npm", ["run", "--silent", "build:page"], { stdio: "inherit" });
    const { text: told, isError } = await call(client, "publish", { case: "lamp", out: "pages/lamp.html" });
    expect(isError, told).toBe(false);
    expect(readFileSync(join(folder, "pages", "lamp.html"), "utf8")).toContain("Would a lamp help?");
  });

  it("says in a sentence what does not fit", async () => {
    const refusals: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
      ["run", { case: "lamp", world: 3 }, /^run: there is no argument 'world'; it takes case, text, views/],
      ["run", { case: 3 }, /^run: 'case' must be of type string$/],
      ["run", { case: "lamp", worlds: 0 }, /^run: 'worlds' is too small; give at least 1$/],
      ["run", { case: "lamp", format: "xml" }, /^run: 'format' must be one of text, json$/],
      ["run", { case: "lamp", set: { lamp: "litt" } }, /cannot be 'litt' \(did you mean 'lit'\?\)/],
      ["run", { case: "lamp", views: ["nobody"] }, /^the case has no view 'nobody'/],
      ["run", { case: "lamp", text }, /^give either 'case'/],
      ["run", { text: 'case x "X"\nnonsense\n' }, /is not run.*error\[/s],
      ["explain", { case: "lamp" }, /^explain: 'target' is missing$/],
      ["explain", { case: "lamp", target: "help" }, /no conclusion or outcome 'help'/],
      ["learn", { case: "lamp", until: "soon" }, /'until' is a date such as 2023-06/],
      ["learn", { case: "guarantee" }, /has no evidence/],
      ["tell", { case: "lamp", where: "robbed <" }, /takes a condition over the case's outcomes/],
      ["check", { case: "none" }, /^there is no none/],
    ];
    for (const [name, given, sentence] of refusals) {
      const { text: told, isError } = await call(client, name, given);
      expect(isError, JSON.stringify(given)).toBe(true);
      expect(told).toMatch(sentence);
    }
    await expect(client.callTool({ name: "delete", arguments: {} })).rejects.toThrow(/delete/);
  });

  it("reads and writes nothing outside the folder", async () => {
    mkdirSync(join(folder, "linked"));
    symlinkSync(join(outside, "secret.casus"), join(folder, "linked", "secret.casus"));
    symlinkSync(outside, join(folder, "up"));
    mkdirSync(join(folder, "page"));
    symlinkSync(join(outside, "taken.html"), join(folder, "page", "index.html"));
    symlinkSync(join(outside, "taken.html"), join(folder, "taken.html"));
    const reading = [
      "../secret.casus",
      join(outside, "secret.casus"),
      "lamp/../../secret.casus",
      "linked",
      "up",
      "up/secret.casus",
      "/etc",
    ];
    for (const path of reading)
      for (const name of ["check", "fix", "run", "tell"]) {
        const { text: told, isError } = await call(client, name, { case: path });
        expect(isError, `${name} ${path}: ${told}`).toBe(true);
        expect(told).toMatch(/leads out of the folder/);
      }
    expect((await call(client, "check", { case: "lamp\0" })).text).toContain("zero byte");
    for (const out of ["../taken.html", join(outside, "taken.html"), "up/taken.html", "page", "taken.html"]) {
      const { text: told, isError } = await call(client, "publish", { case: "lamp", out });
      expect(isError, `${out}: ${told}`).toBe(true);
    }
    expect(existsSync(join(outside, "taken.html"))).toBe(false);
    expect(readFileSync(join(outside, "secret.casus"), "utf8")).toContain("case secret");
    // What lies inside may be named by its whole path.
    expect((await call(client, "check", { case: join(folder, "lamp") })).isError).toBe(false);
  });

  it("tells progress that only grows, stops when it is told to, and goes on", async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const long = client.callTool(
      { name: "run", arguments: { case: "guarantee", worlds: 60_000_000 } },
      {
        signal: stop.signal,
        timeout: 170_000,
        onprogress: ({ progress }) => {
          told.push(progress);
          if (told.length === 3) stop.abort(new Error("enough"));
        },
      },
    );
    await expect(long).rejects.toThrow("enough");
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told.every((n, i) => i === 0 || n > (told[i - 1] ?? 0))).toBe(true);
    // The next call waits for its turn: it comes, since the long one has given way.
    expect((await call(client, "run", { case: "lamp", worlds: 100 })).isError).toBe(false);
  });
});

it("keeps to the budget it was given", async () => {
  const client = await connect("--budget", "1e5");
  try {
    for (const [name, more] of [
      ["run", {}],
      ["explain", { target: "helps" }],
      ["flip", { target: "helps" }],
      ["learn", {}],
    ] as const) {
      const { text: told, isError } = await call(client, name, { case: "lamp", ...more, worlds: 50_000 });
      expect(isError, name).toBe(true);
      expect(told, name).toMatch(/is over the limit of/);
    }
    expect((await call(client, "publish", { case: "lamp", out: "over.html" })).isError).toBe(true);
    expect(existsSync(join(folder, "over.html"))).toBe(false);
  } finally {
    await client.close();
  }
});

describe("casus mcp --http", () => {
  let server: ChildProcess;
  let address = "";
  let said = "";
  beforeAll(async () => {
    server = spawn(process.execPath, [command, "mcp", folder, "--http", "--port", "0", "--threads", "1"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    address = await new Promise((found, lost) => {
      server.stderr?.setEncoding("utf8").on("data", (words: string) => {
        said += words;
        const [at] = /http:\/\/\S+/.exec(said) ?? [];
        if (at !== undefined) found(at);
      });
      server.once("exit", () => lost(new Error(said)));
    });
  });
  afterAll(() => void server.kill());

  it("answers the protocol's client", async () => {
    const client = await opened(new StreamableHTTPClientTransport(new URL(address)));
    expect((await client.listTools()).tools).toHaveLength(8);
    expect((await call(client, "check", { case: "lamp" })).text).toContain("Nothing is wrong with it.");
    expect((await call(client, "check", { case: "../secret.casus" })).isError).toBe(true);
    await client.close();
  });

  it("answers nobody else: another name, another page, another path", async () => {
    const status = (headers: Record<string, string>, path = "/mcp", method = "POST"): Promise<number | undefined> =>
      new Promise((found, lost) => {
        const { port } = new URL(address);
        const asked = request({ port, host: "127.0.0.1", path, method, headers }, (response) => {
          response.resume();
          found(response.statusCode);
        });
        asked.on("error", lost);
        asked.end(method === "POST" ? "{}" : undefined);
      });
    expect(await status({ host: "evil.example" })).toBe(403);
    expect(await status({ origin: "https://evil.example" })).toBe(403);
    expect(await status({ origin: "null" })).toBe(403);
    expect(await status({}, "/other")).toBe(404);
    // A whole address for a target: whom it names counts.
    expect(await status({}, "http://evil.example/mcp")).toBe(403);
    expect(await status({}, `${new URL(address).origin}/other`)).toBe(404);
    expect(await status({}, address)).toBe(await status({}));
    expect(await status({})).toBeGreaterThanOrEqual(400);
    for (const host of ["me@localhost", "localhost/x", "localhost:", "localhost.evil.example"])
      expect(await status({ host })).toBe(403);
    for (const method of ["TRACE", "PUT", "PROPFIND"]) expect(await status({}, "/mcp", method)).toBe(405);
  });

  it("goes on where a client leaves in the middle of what it sends, and calls that no bug", async () => {
    const { port, host } = new URL(address);
    const head = `POST /mcp HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n`;
    for (const bytes of [`${head}Content-Length: 1000\r\n\r\n{`, `${head}Content-Length: 4\r\n\r\nnull`, "\0\0", ""])
      await new Promise<void>((left) => {
        const socket = createConnection(Number(port), "127.0.0.1", () =>
          socket.write(bytes, () => setImmediate(() => socket.destroy())),
        );
        socket.on("close", () => left()).on("error", () => {});
      });
    const client = await opened(new StreamableHTTPClientTransport(new URL(address)));
    expect((await client.listTools()).tools).toHaveLength(8);
    await client.close();
    expect(said).not.toMatch(/bug/);
  });
});

it("tells a bug to who asked and to who runs it, and goes on", async () => {
  const bugs: unknown[] = [];
  // As compiled: the test's own loader would take a minute for all that it needs.
  const compiled = (await import(pathToFileURL(resolve("dist/cli/mcp/server.js")).href)) as {
    assistantServer: typeof assistantServer;
  };
  const server = compiled.assistantServer({
    threads: 1,
    budget: 1e6,
    inTurn: () => Promise.reject(new TypeError("planted")),
    onBug: (error) => bugs.push(error),
  });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await server.connect(there);
  const client = await opened(here);
  for (let i = 0; i < 2; i++) {
    const { text: told, isError } = await call(client, "check", { text });
    expect(isError).toBe(true);
    expect(told).toMatch(/this is a bug in Casus.*planted/);
  }
  expect(bugs).toHaveLength(2);
  await client.close();
});

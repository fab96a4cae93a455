/** The page's server under what arrives: request lines that no browser sends, and a case whose files are edited, cut, removed and replaced while it runs. */

import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { get } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageWithoutFindings } from "#cli/page/case-page.ts";
import { saveChange } from "#cli/page/save-text.ts";
import { servePage, type PageServer } from "#cli/page/server.ts";
import { readPage } from "#internal.ts";
import { keyOf, uniform } from "#kernel/philox.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "casus-server-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = `case small "A small case"
claim a causal "One thing leads to another." { credence 60% }
unknown size : share ~ beta(2, 3)
let gain : share = size * 10% because a
outcome net = gain
conclusion up "It goes up" : mean(net) > 0
`;

/** What comes back for raw bytes; empty where the connection is closed without a word. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(Buffer.from(bytes, "latin1")));
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("error", () => resolve(answer));
    socket.on("close", () => resolve(answer));
  });
}

function fetchFrom(address: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(address, { headers }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    }).on("error", reject);
  });
}

/** What comes back for a change of a text. */
async function put(
  server: PageServer,
  body: unknown,
  origin: string | null,
): Promise<{ status: number; body: string }> {
  const port = new URL(server.address).port;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const from = origin === null ? "" : `Origin: ${origin}\r\n`;
  const answer = await sendRaw(
    Number(port),
    `PUT /text HTTP/1.1\r\nHost: localhost:${port}\r\n${from}Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]), body: answer.split("\r\n\r\n")[1] ?? "" };
}

describe("a text that is saved from the page", () => {
  const place = join(folder, "saved");
  const file = join(place, "small.casus");
  const bugs: unknown[] = [];
  let server: PageServer;
  beforeAll(async () => {
    mkdirSync(place);
    writeFileSync(file, small);
    server = await servePage(pageWithoutFindings(place, { worlds: 64, seed: 1 }), 0, (error) => bugs.push(error), {
      files: new Map(),
      save: (change) => saveChange(place, change),
    });
  });
  afterAll(() => server.close());
  const own = (): string => new URL(server.address).origin;
  const longer = `${small}// a note\n`;

  test("is written for a page of this server, and for no other", async () => {
    const change = { name: "small.casus", was: small, text: longer };
    for (const origin of [null, "null", "https://evil.example", "http://127.0.0.1:1"])
      expect((await put(server, change, origin)).status).toBe(403);
    expect(readFileSync(file, "utf8")).toBe(small);
    expect((await put(server, change, own())).status).toBe(204);
    expect(readFileSync(file, "utf8")).toBe(longer);
  });

  test("is not written over what somebody else wrote, nor outside the case", async () => {
    const stale = await put(server, { name: "small.casus", was: small, text: "mine" }, own());
    expect([stale.status, stale.body]).toEqual([409, expect.stringContaining("has been changed elsewhere")]);
    for (const name of ["../small.casus", "other.casus", "", "__proto__", "small.casus/.."])
      expect((await put(server, { name, was: "", text: "mine" }, own())).status).toBe(409);
    for (const body of ["", "null", "[]", "{", { name: "small.casus", was: longer, text: 7 }])
      expect((await put(server, body, own())).status).toBe(400);
    expect(readFileSync(file, "utf8")).toBe(longer);
    expect(bugs).toEqual([]);
  });
});

describe("request lines", () => {
  let server: PageServer;
  let port: number;
  const bugs: unknown[] = [];
  beforeAll(async () => {
    const path = join(folder, "small.casus");
    writeFileSync(path, small);
    server = await servePage(pageWithoutFindings(path, { worlds: 64, seed: 1 }), 0, (error) => bugs.push(error), {
      files: new Map(),
    });
    port = Number(new URL(server.address).port);
  });
  afterAll(() => server.close());

  const long = "a".repeat(20_000);
  const lines: readonly (readonly [target: string, status: number])[] = [
    ["/", 200],
    ["/?x=1", 200],
    ["/?//", 200],
    ["/case.json", 200],
    ["//", 400],
    ["///", 400],
    ["//evil.example/", 400],
    ["//[", 400],
    ["*", 400],
    ["?", 400],
    ["http://", 400],
    ["http://[", 403],
    ["http://localhost/", 403],
    ["http://localhost:PORT/", 200],
    ["HTTP://LOCALHOST:PORT", 200],
    ["http://127.0.0.1:PORT/case.json?x=1", 200],
    ["http://[::1]:PORT?x=1", 200],
    ["http://localhost:PORT//", 400],
    ["http://localhost:PORT/none", 404],
    ["http://evil.example:PORT/", 403],
    ["http://localhost:PORT.evil.example/", 403],
    ["http://localhost:PORT@evil.example/", 400],
    ["http://localhost:PORT\\@evil.example/", 400],
    ["https://localhost:PORT/", 400],
    ["https://user:password@evil.example:99999/", 400],
    ["javascript:alert(1)", 400],
    ["\\", 400],
    ["/\\", 404],
    ["/%", 404],
    ["/%ff", 404],
    ["/%00", 404],
    ["/%2e%2e/%2e%2e/etc/passwd", 404],
    ["/../../etc/passwd", 404],
    ["/./", 404],
    ["/constructor", 404],
    ["/__proto__", 404],
    ["/toString", 404],
    ["/table.bin", 204],
    ["/:80", 404],
    ["/@", 404],
    ["/#", 404],
    ["/\u00e9\u00ff", 400],
    [`/${long}`, 431],
  ];
  test.each(lines)("GET %s", async (target, status) => {
    const answer = await sendRaw(
      port,
      `GET ${target.replace("PORT", String(port))} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await fetchFrom(server.address)).status).toBe(200);
    expect(bugs).toEqual([]);
  });

  const requests: readonly (readonly [name: string, bytes: string])[] = [
    ["nothing", ""],
    ["a line end", "\r\n"],
    ["zeros", "\u0000\u0000\u0000"],
    ["a greeting of TLS", "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003"],
    ["another host behind a whole address", "GET http://evil.example/ HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"],
    ["half a line", "GET /"],
    ["no version", "GET /\r\n\r\n"],
    ["HTTP/0.9", "GET / HTTP/0.9\r\n\r\n"],
    ["HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
    ["another host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"],
    ["a method that is none", "FOO / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"],
    ["POST with a body", "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 3\r\n\r\nabc"],
    ["a length that is none", "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: -1\r\n\r\n"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0",
    ],
    ["a chunk that is none", "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ["CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"],
    ["CONNECT to nothing", "CONNECT / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"],
    ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"],
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"],
    ["HEAD of the stream of changes", "HEAD /events HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n"],
    ["HEAD", "HEAD / HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n"],
    ["an upgrade", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
    ["an upgrade to HTTP/2", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"],
    ["an expectation", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nExpect: 200-everything\r\n\r\n"],
    ["a header without a name", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\n: x\r\n\r\n"],
    ["a header with a line end in it", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nX: a\rb\r\n\r\n"],
    ["a thousand headers", `GET / HTTP/1.1\r\nHost: localhost:PORT\r\n${"X: y\r\n".repeat(1000)}\r\n`],
    ["a long header", `GET / HTTP/1.1\r\nHost: localhost:PORT\r\nX: ${long}\r\n\r\n`],
    ["many in one", "GET // HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n".repeat(200)],
    ["a listener that leaves", "GET /events HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"],
  ];
  test.each(requests)("%s", async (_, bytes) => {
    await sendRaw(port, bytes.replaceAll("PORT", String(port)));
    server.show(pageWithoutFindings(join(folder, "small.casus"), { worlds: 64, seed: 1 }));
    expect((await fetchFrom(server.address)).status).toBe(200);
    expect(bugs).toEqual([]);
  });

  test("who asks for the head of the stream of changes is answered at once", async () => {
    const head = `HEAD /events HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(port, head)).toMatch(/^HTTP\/1\.1 200/);
  });

  test("only this machine is answered, under its own name, and only with what is served", async () => {
    const host = `localhost:${port}`;
    const status = async (path: string, headers: Record<string, string>): Promise<number> =>
      (await fetchFrom(`${server.address}${path}`, headers)).status;
    expect(await status("", { host })).toBe(200);
    expect(await status("", { host: "evil.example" })).toBe(403);
    expect(await status("", { host, origin: "https://evil.example" })).toBe(403);
    expect(await status("package.json", { host })).toBe(404);
  });

  test("nothing that is served says where the case lies", async () => {
    const { body } = await fetchFrom(`${server.address}case.json`);
    const page = readPage(body);
    expect(page.documents.map((d) => d.name)).toEqual(["small.casus"]);
    expect(page.model?.claims[0]?.span).toEqual({ document: "small.casus", start: 32, end: 33 });
    for (const text of [body, (await fetchFrom(server.address)).body]) expect(text).not.toContain(basename(folder));
  });

  test("whom a whole address names counts in the place of the host (RFC 9112, §3.2.2)", async () => {
    const status = async (target: string, host: string): Promise<string | undefined> =>
      /^HTTP\/1\.1 (\d+)/.exec(
        await sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      )?.[1];
    expect(await status(`http://localhost:${port}/`, "proxy.example")).toBe("200");
    expect(await status(`http://evil.example:${port}/`, `localhost:${port}`)).toBe("403");
    expect(await status("/", `evil.example:${port}`)).toBe("403");
  });

  test("what another site embeds is refused; a link to the page is followed", async () => {
    const from = (site: string, mode: string, dest: string, path = ""): Promise<number> =>
      fetchFrom(`${server.address}${path}`, {
        "Sec-Fetch-Site": site,
        "Sec-Fetch-Mode": mode,
        "Sec-Fetch-Dest": dest,
      }).then((r) => r.status);
    expect(await from("cross-site", "no-cors", "image")).toBe(403);
    expect(await from("cross-site", "no-cors", "script", "case.json")).toBe(403);
    expect(await from("cross-site", "navigate", "iframe")).toBe(403);
    expect(await from("cross-site", "navigate", "document", "case.json")).toBe(403);
    expect(await from("cross-site", "navigate", "document")).toBe(200);
    expect(await from("none", "navigate", "document")).toBe(200);
    expect(await from("same-origin", "cors", "empty", "case.json")).toBe(200);
  });

  test("a page that was still loading while the case changed hears of it once it listens", async () => {
    const heard = async (edition: number): Promise<string> => {
      const { body } = await fetch(`${late.address}events?edition=${edition}`);
      const reader = body?.getReader();
      let text = "";
      while (reader !== undefined) {
        const { value, done } = await reader.read();
        if (done) break;
        text += Buffer.from(value).toString();
        // What it hears of next shows that nothing else was owed.
        if (text === ": listening\n\n") late.give("evidence", Buffer.from("[]"));
        if (text.includes("data: evidence")) break;
      }
      await reader?.cancel();
      return text;
    };
    const data = pageWithoutFindings(join(folder, "small.casus"), { worlds: 64, seed: 1 });
    const late = await servePage(data, 0, (error) => bugs.push(error), { files: new Map() });
    try {
      late.show(data);
      late.give("table", Buffer.from("[]"));
      late.give("evidence", Buffer.from("[]"));
      expect(await heard(0)).toMatch(/id: 3\nevent: changed\n[^]*id: 3\nevent: extra\ndata: table\n[^]*data: evidence/);
      expect(await heard(3)).toBe(": listening\n\nid: 4\nevent: extra\ndata: evidence\n\n");
    } finally {
      await late.close();
    }
  });

  test("more pages than anyone opens are not listened for", async () => {
    const sockets = Array.from({ length: 205 }, () => connect(port, "127.0.0.1"));
    const first = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<string>((resolve) => {
            socket.once("data", (chunk) => resolve(chunk.toString().slice(9, 12)));
            socket.write(`GET /events HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
          }),
      ),
    );
    expect(first.filter((status) => status === "200").length).toBe(200);
    expect(first.filter((status) => status === "503").length).toBe(5);
    for (const socket of sockets) socket.destroy();
    expect((await fetchFrom(server.address)).status).toBe(200);
  });

  test("an error of the server's own is told and answered", async () => {
    const broken = await servePage(
      { ...pageWithoutFindings(join(folder, "small.casus"), { worlds: 64, seed: 1 }), seed: 1n as never },
      0,
      (error) => bugs.push(error),
      { files: new Map() },
    );
    expect((await fetchFrom(broken.address)).status).toBe(500);
    expect(bugs).toHaveLength(1);
    await broken.close();
    bugs.length = 0;
  });
});

describe("a case that is edited while it runs", () => {
  const texts = [
    small,
    readFileSync(join(root, "test/analysis/deterrence.casus"), "utf8"),
    small.replace("beta(2, 3)", "beta(size, 3)"),
    small.replace("0\n", "0 / 0\n"),
    `${small}outcome bad = log(size - 2)\n`,
    `${small}record r "R" { file "r.csv" unit "a case" columns { kind one of {a, b} } }\n`,
    "",
    "\u0000\uFEFF\u2028",
  ];
  const key = keyOf("edits");

  /** Edit `n`: a text, cut, doubled or with something put in; or a file that goes, comes back, or is another thing. */
  function edit(path: string, n: number): void {
    const pick = (k: number, of: number): number => Math.floor(uniform(5, key, n, k) * of);
    const text = texts[pick(0, texts.length)] as string;
    const at = pick(1, text.length + 1);
    rmSync(path, { recursive: true, force: true });
    const odd = ["(", "}", '"', "\u202e", "1e999", " because ", "\n\n", "constructor", "-", "case"][
      pick(2, 10)
    ] as string;
    switch (pick(3, 12)) {
      case 0:
        return mkdirSync(path);
      case 1:
        return;
      case 2:
        return void execFileSync("mkfifo", [path]);
      case 3:
        writeFileSync(path, "");
        return truncateSync(path, 1_000_000_000);
      case 4:
        return writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00, 0xc3]));
      case 5:
        return writeFileSync(path, text.slice(0, at));
      case 6:
        return writeFileSync(path, text + text);
      case 7: {
        const other = `${path}.new`;
        writeFileSync(other, text);
        return renameSync(other, path);
      }
      default:
        return writeFileSync(path, text.slice(0, at) + odd + text.slice(at));
    }
  }

  test("500 edits with runs in flight, and then the page shows the last", async () => {
    if (!existsSync(join(root, "dist/web/app/page.js")))
      execFileSync("npm", ["run", "--silent", "build:page"], { cwd: root, stdio: "inherit" });
    const place = join(folder, "edited");
    mkdirSync(place);
    const file = join(place, "case.casus");
    writeFileSync(file, small);
    const child = spawn(
      process.execPath,
      [join(root, "bin/casus.js"), "web", place, "--port", "0", "--worlds", "2000", "--threads", "1"],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    let said = "";
    let ended: number | null = null;
    child.on("exit", (code) => (ended = code ?? -1));
    const address = await new Promise<string>((resolve, reject) => {
      child.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const found = /http:\/\/localhost:\d+\//.exec(said);
        if (found !== null) resolve(found[0]);
      });
      child.once("exit", () => reject(new Error(said)));
    });
    const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
    try {
      for (let n = 0; n < 500; n++) {
        edit(file, n);
        // Now and then long enough that the text is read and its runs begin.
        await pause(n % 25 === 0 ? 150 : 2);
        if (n % 50 === 0) expect((await fetchFrom(address)).status).toBe(200);
      }
      // The whole folder is replaced.
      renameSync(place, `${place}-away`);
      await pause(150);
      cpSync(`${place}-away`, place, { recursive: true, filter: (path) => !path.endsWith(".casus") });
      writeFileSync(file, small.replace("A small case", "The last text"));
      const last = async (): Promise<boolean> => {
        const { body } = await fetchFrom(`${address}case.json`);
        const { model, findings } = readPage(body);
        return model?.title === "The last text" && findings !== null;
      };
      while (!(await last())) {
        expect(ended, said).toBeNull();
        await pause(100);
      }
    } finally {
      child.kill("SIGINT");
    }
    expect(said).not.toMatch(/this is a bug|\n\s+at /);
  });
});

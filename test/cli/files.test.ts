/** Files that cannot be read or written: each is a sentence and exit code 2, and no draft is left behind. */

import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBeside, readCase, readText } from "#cli/files.ts";
import { checkWritable, draftOf, finish, makeFolder, writeCaseText, writeWhole } from "#cli/writing.ts";
import { Refused } from "#text/refused.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "casus-files-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = 'case a "A"\nunknown x ~ beta(2, 3)\noutcome y = x\n';
beforeAll(() => {
  writeFileSync(at("a.casus"), text);
  mkdirSync(at("folder.casus"));
  mkdirSync(at("within/x.casus"), { recursive: true });
  mkdirSync(at("empty"));
  execFileSync("mkfifo", [at("pipe.casus")]);
  execFileSync("mkfifo", [at("pipe.csv")]);
  writeFileSync(at("large.casus"), "");
  truncateSync(at("large.casus"), 1_000_000_000);
  writeFileSync(at("bytes.casus"), Buffer.from([0xff, 0xfe]));
  symlinkSync(at("circle.casus"), at("circle.casus"));
  mkdirSync(at("many"));
  for (const name of ["a", "b", "c"]) {
    writeFileSync(at(`many/${name}.casus`), "");
    truncateSync(at(`many/${name}.casus`), 1_900_000);
  }
});

/** What is said of work that is refused. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error.reason.replaceAll(folder, "HERE").replaceAll(/\S*HERE/g, "HERE");
    throw error;
  }
  return "nothing is refused";
}

describe("what is made of a case is not written over a case", () => {
  test("by its name, or by a link to it; other files may be replaced", () => {
    symlinkSync(at("a.casus"), at("link.txt"));
    for (const name of ["a.casus", "link.txt", "not-there.casus"]) {
      const words = `HERE/${name} is the text of a case; name another file to write this to`;
      expect(refusal(() => checkWritable(at(name)))).toBe(words);
      expect(refusal(() => writeWhole(at(name), "a report"))).toBe(words);
    }
    expect(readFileSync(at("a.casus"), "utf8")).toBe(text);
    writeFileSync(at("old.txt"), "old");
    writeWhole(at("old.txt"), "a report");
    expect(readFileSync(at("old.txt"), "utf8")).toBe("a report");
    writeCaseText(at("new.casus"), text);
    expect(readFileSync(at("new.casus"), "utf8")).toBe(text);
    for (const name of ["link.txt", "old.txt", "new.casus"]) rmSync(at(name));
  });
});

describe("a case is read only from files", () => {
  test("of its own folder: a link to another place is refused, one within is followed", () => {
    mkdirSync(at("linked"));
    writeFileSync(at("linked/a.casus"), text);
    symlinkSync(at("linked/a.casus"), at("linked/b.casus"));
    expect(readCase(at("linked")).map((d) => d.text)).toEqual([text, text]);
    symlinkSync(at("a.casus"), at("linked/c.casus"));
    expect(refusal(() => readCase(at("linked")))).toBe(
      "HERE/linked/c.casus leads out of the case's folder; put the file into it",
    );
  });

  test.each([
    ["nothing.casus", "there is no HERE/nothing.casus; name a folder with .casus files, or a file"],
    ["folder.casus", "the folder HERE/folder.casus holds no .casus file; name a folder that does, or a file"],
    ["within", "HERE/within/x.casus is a folder; name a file"],
    ["empty", "the folder HERE/empty holds no .casus file; name a folder that does, or a file"],
    ["pipe.casus", "HERE/pipe.casus is no file of text, but a pipe or a device; name a file"],
    ["large.casus", "HERE/large.casus holds 1000000000 bytes; the texts of a case may hold 4000000 bytes together"],
    ["many", "HERE/many/c.casus holds 1900000 bytes; the texts of a case may hold 4000000 bytes together"],
    ["bytes.casus", "HERE/bytes.casus is not UTF-8 text; save it as UTF-8"],
    ["circle.casus", "HERE/circle.casus: its links lead in a circle"],
    ["a.casus/b", "HERE/a.casus/b: a part of this path is a file, not a folder"],
    [`${"x".repeat(300)}.casus`, "HERE…: the name is too long for the system"],
  ])("%s", (name, said) => {
    const reason = refusal(() => readCase(at(name)));
    expect(reason.startsWith("HERE…") || name.length < 300 ? reason : reason.replace(/^.*…/, "HERE…")).toBe(said);
  });

  test("a record, likewise", () => {
    expect(refusal(() => readBeside(at("a.casus"), "none.csv"))).toBe(
      "there is no HERE/none.csv, which a record of the case names",
    );
    expect(refusal(() => readBeside(at("a.casus"), "empty"))).toBe("HERE/empty is a folder; name a file");
    expect(refusal(() => readBeside(at("a.casus"), "pipe.csv"))).toMatch(/is no file of text/);
    expect(refusal(() => readBeside(at("empty"), "../a.casus"))).toMatch(/leads out of the case's folder/);
    expect(refusal(() => readText("/dev/zero"))).toMatch(/is no file of text/);
  });
});

describe("a file is written whole or not at all", () => {
  test("it takes its name when it is complete; a link stays one, and rights stay", () => {
    writeWhole(at("out.txt"), "one");
    symlinkSync(at("out.txt"), at("link.txt"));
    writeWhole(at("link.txt"), new TextEncoder().encode("two"));
    expect(readlinkSync(at("link.txt"))).toBe(at("out.txt"));
    expect(readFileSync(at("out.txt"), "utf8")).toBe("two");
  });

  test.each([
    ["nowhere/out.txt", /^there is no folder .*nowhere to write/],
    ["empty", /empty is a folder; name a file$/],
    ["a.casus/out.txt", /a part of this path is a file, not a folder|there is no folder/],
  ])("%s", (name, said) => {
    const before = readdirSync(folder);
    expect(refusal(() => writeWhole(at(name), "x"))).toMatch(said);
    expect(refusal(() => checkWritable(at(name)))).toMatch(/is a folder|there is no folder/);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("a full device is told as such", () => {
    expect(refusal(() => writeWhole("/dev/full", "x"))).toBe("/dev/full: the disk is full");
    expect(refusal(() => makeFolder(at("a.casus")))).toBe("HERE/a.casus is a file; name a folder");
    expect(refusal(() => makeFolder(at("a.casus/b")))).toMatch(/a part of this path is a file/);
  });

  test("drafts of programs that have ended are swept; those of others stay", () => {
    const place = at("swept");
    mkdirSync(place);
    const machine = hostname().replaceAll(/[^A-Za-z0-9-]/g, "-");
    const dead = spawnSync("true").pid;
    const names = {
      dead: `out.txt.${machine}.${dead}.tmp`,
      alive: `out.txt.${machine}.1.tmp`,
      elsewhere: `out.txt.another-machine.${dead}.tmp`,
      other: `other.txt.${machine}.${dead}.tmp`,
      old: `out.txt.${dead}.tmp.bak`,
    };
    for (const name of Object.values(names)) writeFileSync(join(place, name), "");
    writeWhole(join(place, "out.txt"), "x");
    expect(readdirSync(place).toSorted()).toEqual(
      ["out.txt", names.alive, names.elsewhere, names.other, names.old].toSorted(),
    );
    const draft = draftOf(join(place, "late.txt"));
    writeFileSync(draft, "y");
    finish(draft, join(place, "late.txt"));
    expect(readFileSync(join(place, "late.txt"), "utf8")).toBe("y");
  });
});

describe("the command", () => {
  const casus = (command: string): { code: number | null; said: string } => {
    const { status, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8", cwd: folder });
    return { code: status, said: stderr };
  };
  const run = `${process.execPath} ${join(root, "bin/casus.js")} run a.casus --worlds 64`;

  test.each([
    ["the screen's file is on a full disk", `${run} > /dev/full`, "casus: standard output: the disk is full\n"],
    [
      "nobody reads any more",
      `set -o pipefail; ${run} | true`,
      "casus: standard output was closed before everything was written\n",
    ],
    // SIGXFSZ is ignored by Node: what is written beyond the limit fails as on a full disk.
    [
      "a file grows beyond what is allowed",
      `ulimit -f 1; ${run} --worlds 4000 --runs runs.csv`,
      "casus: runs.csv: the file would be larger than the system allows\n",
    ],
    [
      "the folder is missing",
      `${run} --out nowhere/out.txt`,
      "casus: there is no folder nowhere to write nowhere/out.txt to\n",
    ],
  ])("%s", (_, command, said) => {
    const result = casus(command);
    expect(result).toEqual({ code: 2, said });
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(existsSync(at("runs.csv"))).toBe(false);
  });
});

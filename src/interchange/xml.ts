/** XML text as a tree of elements with their places. No document types, no entities but the five that XML itself has; depth and size are limited. */

import sax from "sax";
import type { Document, Span } from "#text/span.ts";
import { UnreadableFile } from "./problem.ts";

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text in it, elements inside left out. */
  readonly text: string;
  readonly span: Span;
}

const deepestElement = 100;
const mostElements = 500_000;

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly start: number;
  text: string;
}

/** What is put right in a text that is not well formed: an element that cannot hold another is ended where that begins. */
interface XmlRepair {
  /** True where an `outer` never holds an `inner`. */
  readonly mustEnd: (outer: string, inner: string) => boolean;
  readonly tell: (unended: XmlElement, before: string) => void;
}

/** Throws `UnreadableFile` where the text is not well formed, and where it is too deep or too large. */
export function readXml({ name: document, text }: Document, repair: XmlRepair | null = null): XmlElement {
  const stack: Open[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  let ended = 0;
  // Strict, and with no entities of HTML or of the document's own: they would be a way to blow up a small file.
  const options = { position: true, strictEntities: true, trim: false, normalize: false };
  const parser = sax.parser(true, options);
  const here = (start: number): Span => ({
    document,
    start: Math.max(0, Math.min(start, text.length - 1)),
    end: Math.max(1, Math.min(parser.position, text.length)),
  });
  const fail = (message: string, hint: string, start = parser.position - 1): never => {
    throw new UnreadableFile(message, here(start), hint);
  };
  parser.onerror = (error) => {
    const [what = ""] = error.message.split("\n");
    if (ended > 0 && what === "Unexpected close tag") {
      ended--;
      // As sax has it, for going on after an error; its type does not allow for it.
      (parser as { error: Error | null }).error = null;
      return;
    }
    const inside = stack.at(-1)?.name;
    fail(
      `the XML is not well formed${inside === undefined ? "" : ` in <${inside}>`}: ${what.toLowerCase()}`,
      "open the model in the program that wrote it and save it again, or close the element by hand",
    );
  };
  parser.ondoctype = () => fail("the XML declares a document type, which is not read", "take the <!DOCTYPE …> out");
  // The prefix of the document's own elements is dropped; those of others keep theirs and are told apart by it.
  let prefix: string | null = null;
  const bare = (name: string): string =>
    prefix !== null && prefix !== "" && name.startsWith(prefix) ? name.slice(prefix.length) : name;
  parser.onopentag = (tag) => {
    prefix ??= tag.name.slice(0, tag.name.indexOf(":") + 1);
    if (stack.length >= deepestElement)
      fail(
        `more than ${deepestElement} elements lie within one another`,
        "this is no model that a program for system dynamics writes",
      );
    if (++count > mostElements) fail(`the file has more than ${mostElements} elements`, "import part of the model");
    const outer = stack.at(-1);
    if (repair !== null && outer !== undefined && repair.mustEnd(outer.name, bare(tag.name))) {
      repair.tell(close(), bare(tag.name));
      ended++;
    }
    const attributes = Object.fromEntries(
      Object.entries(tag.attributes).map(([key, value]) => [
        bare(key),
        typeof value === "string" ? value : value.value,
      ]),
    );
    stack.push({ name: bare(tag.name), attributes, children: [], start: parser.startTagPosition - 1, text: "" });
  };
  const addText = (more: string): void => {
    const open = stack.at(-1);
    if (open !== undefined) open.text += more;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  const close = (): XmlElement => {
    const { start, ...open } = stack.pop() as Open;
    const element: XmlElement = {
      ...open,
      span: { document, start, end: Math.min(text.length, Math.max(start + 1, endOfTag(text, start))) },
    };
    const parent = stack.at(-1);
    if (parent === undefined) root ??= element;
    else parent.children.push(element);
    return element;
  };
  parser.onclosetag = (name) => {
    // What was ended before its time ends no second time.
    if (stack.at(-1)?.name === bare(name)) close();
  };
  parser.write(text.startsWith("\uFEFF") ? text.slice(1) : text).close();
  return root ?? fail("the file holds no XML element", "give a file that a program for system dynamics wrote", 0);
}

function endOfTag(text: string, start: number): number {
  const end = text.indexOf(">", start);
  return end < 0 ? text.length : end + 1;
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((c) => c.name === name);
}

export function childNamed(element: XmlElement, name: string): XmlElement | null {
  return element.children.find((c) => c.name === name) ?? null;
}

/** The trimmed text of a child; null where there is none, or it is blank. */
export function childText(element: XmlElement, name: string): string | null {
  const text = childNamed(element, name)?.text.trim() ?? "";
  return text === "" ? null : text;
}

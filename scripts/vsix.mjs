/** Makes `dist/casus-vscode.vsix`: the extension of `editors/vscode` in one file, its client bundled, its grammar made from the words of the language. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { rolldown } from "rolldown";
import { grammar } from "../editors/vscode/grammar.mjs";

const root = join(import.meta.dirname, "..");
const home = join(root, "editors/vscode");
const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

const bundle = await rolldown({
  input: join(home, "extension.js"),
  external: ["vscode", /^node:/],
  platform: "node",
  logLevel: "warn",
});
const { output } = await bundle.generate({ format: "cjs", codeSplitting: false });

const files = [
  ["[Content_Types].xml", contentTypes()],
  ["extension.vsixmanifest", vsixManifest()],
  ["extension/package.json", JSON.stringify(manifest, null, 2)],
  ["extension/extension.cjs", output[0].code],
  ["extension/syntaxes/casus.tmLanguage.json", JSON.stringify(grammar(), null, 2)],
  ...["language-configuration.json", "snippets/casus.json", "README.md"].map((name) => [
    `extension/${name}`,
    readFileSync(join(home, name), "utf8"),
  ]),
  ["extension/LICENSE", readFileSync(join(root, "LICENSE"), "utf8")],
];
mkdirSync(join(root, "dist"), { recursive: true });
writeFileSync(join(root, "dist/casus-vscode.vsix"), zip(files));

function contentTypes() {
  const types = {
    ".json": "application/json",
    ".cjs": "application/javascript",
    ".md": "text/markdown",
    ".vsixmanifest": "text/xml",
  };
  const rows = Object.entries(types).map(([end, type]) => `<Default Extension="${end}" ContentType="${type}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${rows.join("")}<Override PartName="/extension/LICENSE" ContentType="text/plain"/></Types>\n`;
}

function vsixManifest() {
  const { name, version, publisher, displayName, description, engines } = manifest;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}"/>
    <DisplayName>${displayName}</DisplayName>
    <Description xml:space="preserve">${description}</Description>
    <Categories>${manifest.categories.join(",")}</Categories>
    <Properties><Property Id="Microsoft.VisualStudio.Code.Engine" Value="${engines.vscode}"/></Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
  </Assets>
</PackageManifest>
`;
}

/** A ZIP archive (PKWARE's APPNOTE 6.3, deflate, no dates: the same files make the same bytes). */
function zip(entries) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of entries) {
    const path = Buffer.from(name);
    const raw = Buffer.from(text);
    const data = deflateRawSync(raw, { level: 9 });
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt16LE(0x21, 8);
    head.writeUInt32LE(crc32(raw), 10);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(raw.length, 18);
    head.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), head, path, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), head, tail, path]));
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, central, Buffer.from("PK\u0005\u0006"), end]);
}

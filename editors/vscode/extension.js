/** The client of the language server: starts `casus lsp` for the cases that are open, and stops it with the editor. */

import { workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

let client;

export async function activate() {
  const settings = workspace.getConfiguration("casus");
  const args = ["lsp", "--stdio", ...(settings.get("verdicts") ? [] : ["--no-verdicts"])];
  const server = { command: settings.get("command"), args, options: { shell: process.platform === "win32" } };
  client = new LanguageClient("casus", "Casus", server, { documentSelector: [{ scheme: "file", language: "casus" }] });
  await client.start();
}

export async function deactivate() {
  await client?.stop();
}

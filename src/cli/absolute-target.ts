/** Reads a request whose target is a whole address, as a proxy is sent, like one whose target is a path. */

import type { IncomingMessage } from "node:http";

/**
 * RFC 9112, §3.2.2: such a target is accepted, and whom it names counts in the place of its Host. A server that afterwards asks whether the host is its own is as
 * well guarded as before. An address of another scheme, or with a user in it, is left as it is: no path.
 */
export function takeAbsoluteTarget(request: IncomingMessage): void {
  const [, authority, rest = ""] = /^http:\/\/([^/?#@\\]+)([/?].*)?$/i.exec(request.url ?? "") ?? [];
  if (authority === undefined) return;
  request.headers.host = authority;
  request.url = rest.startsWith("/") ? rest : `/${rest}`;
}

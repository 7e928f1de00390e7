/** Answers that need no page of Next.js: a refusal in a word, or a small page. */

import { randomBytes } from "node:crypto";
import { type ServerResponse, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { codeOf } from "@/lib/system/error-code";
import { securityHeaders } from "@/server/response-headers";

export function sendPage(res: ServerResponse, status: number, html: string): void {
  // The address of such a page may hold a token or a code, which our own next page need not see.
  res.setHeader("referrer-policy", "no-referrer");
  res.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);
}

/** Closes the connection too: what else the visitor was going to send is not read. */
export function refuse(res: ServerResponse, status: number, why: string, waitSeconds = 0): void {
  if (waitSeconds > 0) res.setHeader("retry-after", waitSeconds);
  res.writeHead(status, { "content-type": "text/plain", connection: "close" });
  res.end(`${status} ${why}\n`);
}

/** Refuses what is no HTTP request at all, with the headers of every answer. */
export function refuseBytes(error: Error, socket: Duplex): void {
  const code = codeOf(error);
  const status =
    code === "HPE_HEADER_OVERFLOW" ? 431 : code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  // In the middle of an answer there is nothing left to say.
  if (!socket.writable || (socket instanceof Socket && socket.bytesWritten > 0)) {
    socket.destroy();
    return;
  }
  refuseConnection(socket, status);
}

/** Refuses on a bare connection, where there is no answer to write into. */
export function refuseConnection(socket: Duplex, status: number): void {
  const headers = { ...securityHeaders(randomBytes(16).toString("base64")), connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "content-length: 0", "", ""].join(
      "\r\n",
    ),
  );
}

/** Answers without a Next.js page: a short refusal or a small page. */

import { randomBytes } from "node:crypto";
import { type ServerResponse, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { codeOf } from "@/lib/system/error-code";
import { securityHeaders } from "@/server/response-headers";

export function sendPage(res: ServerResponse, status: number, html: string): void {
  // The address may hold a token or code, which the next page must not see.
  res.setHeader("referrer-policy", "no-referrer");
  res.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);
}

/** Closes the connection, so the rest of the request is not read. */
export function refuse(res: ServerResponse, status: number, why: string, waitSeconds = 0): void {
  if (waitSeconds > 0) res.setHeader("retry-after", waitSeconds);
  res.writeHead(status, { "content-type": "text/plain", connection: "close" });
  res.end(`${status} ${why}\n`);
}

/** Refuses a malformed request with the usual headers. */
export function refuseBytes(error: Error, socket: Duplex): void {
  const code = codeOf(error);
  const status =
    code === "HPE_HEADER_OVERFLOW" ? 431 : code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  if (!socket.writable || (socket instanceof Socket && socket.bytesWritten > 0)) {
    socket.destroy();
    return;
  }
  refuseConnection(socket, status);
}

/** Writes the answer directly to a connection without a response object. */
export function refuseConnection(socket: Duplex, status: number): void {
  const headers = { ...securityHeaders(randomBytes(16).toString("base64")), connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "content-length: 0", "", ""].join(
      "\r\n",
    ),
  );
}

/** The body of a request, as text and as fields, whether it came as a form or as JSON. */

import type { IncomingMessage } from "node:http";

export interface Body {
  readonly text: string;
  readonly form: Readonly<Record<string, string>>;
}

/** An unreadable body counts as an empty one. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  return read(request).catch(() => ({ text: "", form: {} }));
}

async function read(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") return { text, form: {} };
  const isJson = request.headers["content-type"]?.includes("json") ?? false;
  const fields = isJson
    ? Object.entries(JSON.parse(text) as Record<string, unknown>)
    : [...new URLSearchParams(text)];
  return { text, form: Object.fromEntries(fields.map(([name, value]) => [name, String(value)])) };
}

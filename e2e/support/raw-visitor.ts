/** A visitor without a browser: exact bytes on a socket, and a page's forms posted as a browser would. */

import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

export type HeaderLine = readonly [name: string, value: string];

export interface Answer {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
  /** Head and body, to look for what must not be in them. */
  readonly text: string;
  /** The server had not closed when patience was at its end. */
  readonly gaveUp: boolean;
}

export interface SendOptions {
  readonly host?: string;
  /** Milliseconds until the connection is given up; default 10 s. */
  readonly patience?: number;
}

/** Sends these bytes and returns all that comes back until the server closes. */
export function send(port: number, bytes: string, options: SendOptions = {}): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: options.host ?? "127.0.0.1" });
    const chunks: Buffer[] = [];
    let gaveUp = false;
    const finish = () => {
      socket.destroy();
      const text = Buffer.concat(chunks).toString("utf8");
      const [head = "", ...rest] = text.split("\r\n\r\n");
      const status = Number(/^HTTP\/1\.[01] (\d{3})/u.exec(head)?.[1] ?? 0);
      resolve({ status, head, body: rest.join("\r\n\r\n"), text, gaveUp });
    };
    socket.setTimeout(options.patience ?? 10_000, () => {
      gaveUp = true;
      finish();
    });
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => {});
    socket.on("close", finish);
    socket.write(bytes);
  });
}

/** A request as bytes; nothing is added but the length of a body and the wish to close. */
export function compose(
  method: string,
  target: string,
  headers: readonly HeaderLine[],
  body = "",
): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  if (body !== "") lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, "Connection: close", "", body].join("\r\n");
}

export interface Form {
  /** The page it stands on. */
  readonly page: string;
  /** Hidden and other fields with a value, the action's id among them. */
  readonly fields: Readonly<Record<string, string>>;
}

const BOUNDARY = "----a-form-of-a-browser";

/** The body of a multipart form, with its Content-Type. */
export function multipart(fields: Readonly<Record<string, string>>): {
  readonly type: string;
  readonly body: string;
} {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    body: `${parts.join("")}--${BOUNDARY}--\r\n`,
  };
}

/** The form on a page that has this text in it, usually its button. */
export function formWith(html: string, page: string, text: string): Form {
  const form = html.split("<form").find((part) => part.split("</form>")[0]?.includes(text));
  if (form === undefined) throw new Error(`no form with "${text}" on ${page}`);
  const fields: Record<string, string> = {};
  for (const [input] of form.split("</form>")[0]?.matchAll(/<input[^>]*>/gu) ?? []) {
    const name = /name="([^"]*)"/u.exec(input)?.[1];
    if (name && /type="hidden"/u.test(input)) {
      fields[name] = /value="([^"]*)"/u.exec(input)?.[1] ?? "";
    }
  }
  return { page, fields };
}

export interface Visitor {
  readonly port: number;
  readonly host: string;
  /** `name=value`, as a Cookie header carries it. */
  readonly cookie: string;
  /** A read, with the cookie. */
  get(target: string): Promise<Answer>;
  form(page: string, text: string): Promise<Form>;
  /** A change, from the page itself; `fields` come on top of those of the form. */
  post(form: Form, fields?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** How a visitor's requests travel; `compose` and `send` take the same. */
export type Exchange = (
  port: number,
  method: string,
  target: string,
  headers: readonly HeaderLine[],
  body?: string,
) => Promise<Answer>;

/** A connection for every request. */
const alone: Exchange = (port, ...request) => send(port, compose(...request));

/** Connections kept from one request to the next, as a browser keeps them; `close` ends them. */
export function keptConnections(): { readonly exchange: Exchange; close(): void } {
  const agent = new Agent({ keepAlive: true });
  const exchange: Exchange = async (port, method, path, headers, body = "") => {
    const length: HeaderLine[] = body ? [["Content-Length", String(Buffer.byteLength(body))]] : [];
    const sent = request({
      agent,
      port,
      host: "127.0.0.1",
      method,
      path,
      headers: Object.fromEntries([...headers, ...length]),
    }).end(body);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    const { statusCode: status = 0, rawHeaders } = answer;
    const lines = rawHeaders.flatMap((name, i) =>
      i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : [],
    );
    const head = [`HTTP/1.1 ${status}`, ...lines].join("\r\n");
    const read = await text(answer);
    return { status, head, body: read, text: `${head}\r\n\r\n${read}`, gaveUp: false };
  };
  return { exchange, close: () => agent.destroy() };
}

/** Exchanges the link for a session. */
export async function enter(url: string, exchange: Exchange = alone): Promise<Visitor> {
  const { host, port: digits, pathname, search } = new URL(url);
  const port = Number(digits);
  const answer = await exchange(port, "GET", `${pathname}${search}`, [["Host", host]]);
  const cookie = /^set-cookie: ([^;\r\n]+)/imu.exec(answer.head)?.[1];
  if (cookie === undefined) throw new Error(`not let in: ${answer.head}`);
  const own: HeaderLine[] = [
    ["Host", host],
    ["Cookie", cookie],
    ["Sec-Fetch-Site", "same-origin"],
  ];
  const visitor: Visitor = {
    port,
    host,
    cookie,
    get: (target) => exchange(port, "GET", target, own),
    form: async (page, text) => formWith((await visitor.get(page)).body, page, text),
    post: (form, fields = {}) => {
      const { type, body } = multipart({ ...form.fields, ...fields });
      const headers: HeaderLine[] = [...own, ["Origin", `http://${host}`], ["Content-Type", type]];
      return exchange(port, "POST", form.page, headers, body);
    },
  };
  return visitor;
}

/** Where a posted form leads in the end: the page of a write that takes more than a moment is watched. */
export async function leadsTo(visitor: Visitor, posted: Answer): Promise<string> {
  const location = ({ head }: Answer) => /^location: (\S+)/imu.exec(head)?.[1];
  const first = location(posted);
  if (first !== "/done") return first ?? "";
  let page = await visitor.get(first);
  while (page.body.includes("waiting-sign")) page = await visitor.get(first);
  return location(page) ?? first;
}

/** With an API key and a model, as far as the review; the form that writes is the answer. */
export async function goToReview(visitor: Visitor, key: string, model: string): Promise<Form> {
  await visitor.post(await visitor.form("/", "How do you want"), { auth: "api-key" });
  await visitor.post(await visitor.form("/key", 'name="key"'), { key });
  await visitor.post(await visitor.form("/model", 'name="other"'), { other: model });
  return visitor.form("/review", "digest");
}

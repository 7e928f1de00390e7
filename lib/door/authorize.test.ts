/** The second lock: what an action asks, also where the door in front was passed by. */

import { expect, it } from "vitest";
import { authorize } from "@/lib/door/authorize";
import { cookieName, createInstance } from "@/lib/door/instance";

const instance = createInstance({ locale: null, profile: null });
instance.hosts = ["localhost:1477", "127.0.0.1:1477"];
const session = instance.sessions.create(null);

const OWN = {
  host: "localhost:1477",
  origin: "http://localhost:1477",
  "sec-fetch-site": "same-origin",
  "content-length": "10",
};

function ask(headers: Readonly<Record<string, string | null>>, cookie: string = session.id) {
  return authorize(instance, {
    method: "POST",
    get: (name) => headers[name] ?? null,
    cookie: (name) => (name === cookieName(instance) ? cookie : undefined),
  });
}

it("lets the page itself in", () => {
  expect(ask(OWN)).toBe(session);
  expect(ask({ ...OWN, "sec-fetch-site": null })).toBe(session);
  expect(ask({ ...OWN, host: "127.0.0.1:1477", origin: "http://127.0.0.1:1477" })).toBe(session);
});

it.each<[string, Readonly<Record<string, string | null>>]>([
  ["another name", { host: "evil.test:1477" }],
  ["another name in both", { host: "evil.test:1477", origin: "http://evil.test:1477" }],
  ["no name", { host: null }],
  ["no origin", { origin: null }],
  ["an origin of null", { origin: "null" }],
  ["another origin", { origin: "http://evil.test" }],
  ["another port", { origin: "http://localhost:1478" }],
  ["another of our names", { origin: "http://127.0.0.1:1477" }],
  ["another scheme", { origin: "https://localhost:1477" }],
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["another port of this site", { "sec-fetch-site": "same-site" }],
  ["no length", { "content-length": null }],
  ["too much", { "content-length": "999999999" }],
  ["a forwarded request", { forwarded: "host=localhost:1477" }],
])("refuses %s, with the right cookie", (_, headers) => {
  expect(ask({ ...OWN, ...headers })).toBeNull();
});

it.each(["", "x", "__proto__", `${session.id}x`, session.id.slice(1)])(
  "refuses the cookie %j",
  (cookie) => {
    expect(ask(OWN, cookie)).toBeNull();
  },
);

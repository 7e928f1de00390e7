import { expect, test } from "vitest";
import { proxyFor } from "@/lib/openai/proxy";

const P = "http://proxy.test:3128";

test.each<[string, string, Record<string, string>, string | null]>([
  ["no variable", "https://api.openai.com/", {}, null],
  ["HTTPS_PROXY", "https://api.openai.com/", { HTTPS_PROXY: P }, "proxy.test:3128"],
  ["lower case wins", "https://a.test/", { https_proxy: "http://low:1", HTTPS_PROXY: P }, "low:1"],
  ["no scheme", "https://a.test/", { HTTPS_PROXY: "proxy.test:3128" }, "proxy.test:3128"],
  ["blank is unset", "https://a.test/", { HTTPS_PROXY: " ", ALL_PROXY: P }, "proxy.test:3128"],
  ["HTTP_PROXY is not for https", "https://a.test/", { HTTP_PROXY: P }, null],
  ["HTTPS_PROXY is not for http", "http://a.test/", { HTTPS_PROXY: P }, null],
  ["HTTP_PROXY", "http://a.test/", { HTTP_PROXY: P }, "proxy.test:3128"],
  ["ALL_PROXY", "http://a.test/", { ALL_PROXY: P }, "proxy.test:3128"],
  ["localhost", "http://localhost:1/", { ALL_PROXY: P }, null],
  ["127.0.0.1", "https://127.0.0.1/", { ALL_PROXY: P }, null],
  ["::1", "https://[::1]/", { ALL_PROXY: P }, null],
  ["NO_PROXY exact", "https://a.test/", { ALL_PROXY: P, NO_PROXY: "b.test, A.test" }, null],
  ["NO_PROXY subdomain", "https://x.a.test/", { ALL_PROXY: P, NO_PROXY: "a.test" }, null],
  ["NO_PROXY .host", "https://x.a.test/", { ALL_PROXY: P, no_proxy: ".a.test" }, null],
  ["NO_PROXY *.host", "https://x.a.test/", { ALL_PROXY: P, NO_PROXY: "*.a.test" }, null],
  [
    "NO_PROXY not a suffix",
    "https://xa.test/",
    { ALL_PROXY: P, NO_PROXY: "a.test" },
    "proxy.test:3128",
  ],
  ["NO_PROXY *", "https://a.test/", { ALL_PROXY: P, NO_PROXY: "*" }, null],
  ["NO_PROXY port", "https://a.test/", { ALL_PROXY: P, NO_PROXY: "a.test:443" }, null],
  [
    "NO_PROXY other port",
    "https://a.test/",
    { ALL_PROXY: P, NO_PROXY: "a.test:80" },
    "proxy.test:3128",
  ],
])("%s", (_name, url, env, host) => {
  const proxy = proxyFor(new URL(url), env);
  expect(proxy.ok && (proxy.value?.host ?? null)).toBe(host);
});

/** Chooses the proxy of a request from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. */

import { isLoopbackHost } from "@/lib/openai/base-url";
import { err, ok, type Result } from "@/lib/result";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProxySettingError {
  readonly variable: string;
  readonly problem: "not-a-url" | "protocol";
}

/**
 * Null for a direct connection, always for loopback. Lower-case names win, as in curl. NO_PROXY:
 * `*` or hosts (`host`, `.host`, `*.host`, with subdomains, optional `:port`), no ranges.
 */
export function proxyFor(url: URL, env: Environment): Result<URL | null, ProxySettingError> {
  if (isLoopbackHost(url.hostname) || isExempt(url, env["no_proxy"] || env["NO_PROXY"] || "")) {
    return ok(null);
  }
  const names =
    url.protocol === "https:"
      ? ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
      : // Upper-case HTTP_PROXY is unsafe only under CGI, which this is not.
        ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
  const variable = names.find((name) => env[name]?.trim());
  if (!variable) return ok(null);
  const value = (env[variable] ?? "").trim();
  const text = /^[a-z][a-z0-9+.-]*:\/\//iu.test(value) ? value : `http://${value}`;
  if (!URL.canParse(text)) return err({ variable, problem: "not-a-url" });
  const proxy = new URL(text);
  if (!/^https?:$/u.test(proxy.protocol)) return err({ variable, problem: "protocol" });
  return ok(proxy);
}

function isExempt(url: URL, noProxy: string): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const host = url.hostname.toLowerCase();
  return noProxy
    .toLowerCase()
    .split(/[,\s]+/u)
    .filter(Boolean)
    .some((entry) => {
      if (entry === "*") return true;
      const parts = /^(.+?)(?::(\d+))?$/u.exec(entry);
      if (!parts?.[1] || (parts[2] && parts[2] !== port)) return false;
      const name = parts[1].replace(/^\*?\./u, "");
      return host === name || host.endsWith(`.${name}`);
    });
}

/** Classifies failed requests by what the user can do about them. */

export type HttpFailure =
  | { readonly code: "dns" | "refused" | "reset" | "network"; readonly detail: string }
  | { readonly code: "timeout"; readonly seconds: number; readonly detail: string }
  | {
      readonly code: "tls";
      /** `clock`: the certificate has expired, or this machine's clock is wrong. */
      readonly reason: "untrusted" | "clock" | "wrong-name" | "protocol";
      readonly detail: string;
    }
  | {
      readonly code: "proxy";
      readonly reason: "setting" | "unreachable" | "authentication" | "refused" | "tls";
      /** host:port of the proxy, or the name of the variable with an unusable value. */
      readonly proxy: string;
      readonly detail: string;
    }
  | { readonly code: "ca-file"; readonly path: string; readonly detail: string }
  | { readonly code: "redirect"; readonly to: string; readonly detail: string }
  | { readonly code: "too-large"; readonly limit: number; readonly detail: string }
  | { readonly code: "truncated"; readonly detail: string }
  | { readonly code: "cancelled"; readonly detail: string };

const UNTRUSTED = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_UNTRUSTED",
  "INVALID_CA",
  "CERT_REVOKED",
  "CERT_REJECTED",
  "CERT_SIGNATURE_FAILURE",
]);
const OUTSIDE_DATES = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]);

export function connectionFailure(thrown: unknown, proxy: string | null): HttpFailure {
  const { code, message } = deepest(thrown);
  const detail = code && !message.includes(code) ? `${code}: ${message}` : message;
  const tunnel = /Proxy response \((\d+)\)/u.exec(message);
  if (tunnel) {
    const reason = tunnel[1] === "407" ? "authentication" : "refused";
    return { code: "proxy", reason, proxy: proxy ?? "", detail };
  }
  const tls = tlsReason(code);
  const proxyTls = /^UND_ERR_PRX_TLS$/u.test(code);
  if (proxyTls) return { code: "proxy", reason: "tls", proxy: proxy ?? "", detail };
  if (tls) return { code: "tls", reason: tls, detail };
  // With a proxy, this machine resolves and dials only the proxy.
  const dialled = /^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/u;
  if (proxy && dialled.test(code)) return { code: "proxy", reason: "unreachable", proxy, detail };
  if (/^(?:ENOTFOUND|EAI_\w+)$/u.test(code)) return { code: "dns", detail };
  if (code === "ECONNREFUSED") return { code: "refused", detail };
  if (/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED|ECONNABORTED)$/u.test(code)) {
    return { code: "reset", detail };
  }
  return { code: "network", detail };
}

function tlsReason(code: string): "untrusted" | "clock" | "wrong-name" | "protocol" | null {
  if (UNTRUSTED.has(code)) return "untrusted";
  if (OUTSIDE_DATES.has(code)) return "clock";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return "wrong-name";
  return /^(?:ERR_SSL_|ERR_TLS_|EPROTO$)/u.test(code) ? "protocol" : null;
}

/** fetch wraps causes, sometimes twice, and uses AggregateError for several addresses. */
function deepest(thrown: unknown): { code: string; message: string } {
  let found = { code: "", message: thrown instanceof Error ? thrown.message : String(thrown) };
  let at: unknown = thrown;
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    const code = "code" in at && typeof at.code === "string" ? at.code : found.code;
    found = { code, message: at.message || found.message };
    at = at instanceof AggregateError && at.errors.length > 0 ? at.errors[0] : at.cause;
  }
  return found;
}

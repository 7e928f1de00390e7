/** The certificate authorities that a request trusts: Node's and NODE_EXTRA_CA_CERTS. */

import { X509Certificate } from "node:crypto";
import * as tls from "node:tls";
import type { Environment } from "@/lib/openai/proxy";
import { err, ok, type Result } from "@/lib/result";
import { readFound } from "@/lib/system/read.mjs";

export interface TrustError {
  readonly path: string;
  readonly detail: string;
}

/** Null if Node's defaults suffice; an unreadable NODE_EXTRA_CA_CERTS is an error, which Node itself ignores. */
export async function trustedCertificates(
  env: Environment,
): Promise<Result<string[] | null, TrustError>> {
  const path = env["NODE_EXTRA_CA_CERTS"];
  if (!path) return ok(null);
  let pem: string;
  try {
    const found = readFound(path);
    if (found.kind === "absent") return err({ path, detail: "no such file" });
    if (found.kind !== "file") return err({ path, detail: "not a file of at most 8 MiB" });
    pem = found.bytes.toString("utf8");
  } catch (cause) {
    return err({ path, detail: cause instanceof Error ? cause.message : String(cause) });
  }
  const blocks =
    pem.match(
      /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/gu,
    ) ?? [];
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch (cause) {
    return err({ path, detail: cause instanceof Error ? cause.message : String(cause) });
  }
  if (blocks.length === 0) return err({ path, detail: "no certificate in PEM form in this file" });
  return ok([...defaultAuthorities(), ...blocks]);
}

function defaultAuthorities(): readonly string[] {
  // Since Node 22.15 this includes --use-system-ca and --use-openssl-ca.
  const get = (tls as { getCACertificates?: (type: "default") => string[] }).getCACertificates;
  return get ? get("default") : tls.rootCertificates;
}

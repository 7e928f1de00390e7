/** Creates an in-memory certificate authority that only the rehearsed OpenClaw trusts. */

import { webcrypto } from "node:crypto";

/** Valid from an hour ago, in case the clock was set back. */
const LIFETIME_MS = 6 * 60 * 60_000;
const CLOCK_MS = 60 * 60_000;

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;

export interface Authority {
  /** PEM for NODE_EXTRA_CA_CERTS. Its private key cannot be exported. */
  readonly certificate: string;
  /** A host's certificate and private key in PEM, in memory only. */
  issue(host: string): Promise<{ readonly cert: string; readonly key: string }>;
}

export async function createAuthority(): Promise<Authority> {
  const name = `OpenClaw Setup rehearsal ${randomHex(8)}`;
  const own = await newKeys(false);
  const root = await certificateFor({ subject: name, issuer: name, keys: own, signer: own });
  return {
    certificate: root,
    async issue(host) {
      const keys = await newKeys(true);
      const cert = await certificateFor({ subject: host, issuer: name, keys, signer: own, host });
      const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
      return { cert, key: pem("PRIVATE KEY", der) };
    },
  };
}

interface Request {
  readonly subject: string;
  readonly issuer: string;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly signer: webcrypto.CryptoKeyPair;
  readonly host?: string;
}

async function certificateFor(request: Request): Promise<string> {
  // Loaded on demand, because parsing takes half a second.
  const [{ Certificate, BasicConstraints, Extension, GeneralName, GeneralNames }, asn1] =
    await Promise.all([import("pkijs"), import("asn1js")]);
  const { subject, issuer, keys, signer, host } = request;
  const certificate = new Certificate({ version: 2 });
  certificate.serialNumber = new asn1.Integer({
    valueHex: Buffer.from(`01${randomHex(15)}`, "hex"),
  });
  certificate.issuer.typesAndValues.push(await commonName(issuer));
  certificate.subject.typesAndValues.push(await commonName(subject));
  certificate.notBefore.value = new Date(Date.now() - CLOCK_MS);
  certificate.notAfter.value = new Date(Date.now() + LIFETIME_MS);
  const constraints = new BasicConstraints({ cA: host === undefined });
  certificate.extensions = [
    new Extension({
      extnID: "2.5.29.19",
      critical: true,
      extnValue: constraints.toSchema().toBER(false),
      parsedValue: constraints,
    }),
  ];
  if (host !== undefined) {
    const names = new GeneralNames({ names: [new GeneralName({ type: 2, value: host })] });
    certificate.extensions.push(
      new Extension({ extnID: "2.5.29.17", extnValue: names.toSchema().toBER(false) }),
    );
  }
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as CryptoKey);
  await certificate.sign(signer.privateKey as CryptoKey, "SHA-256");
  return pem("CERTIFICATE", certificate.toSchema(true).toBER(false));
}

async function commonName(text: string) {
  const [{ AttributeTypeAndValue }, asn1] = await Promise.all([import("pkijs"), import("asn1js")]);
  return new AttributeTypeAndValue({
    type: "2.5.4.3",
    value: new asn1.Utf8String({ value: text }),
  });
}

function newKeys(isExtractable: boolean): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, isExtractable, ["sign", "verify"]);
}

function randomHex(bytes: number): string {
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(bytes))).toString("hex");
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/gu) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

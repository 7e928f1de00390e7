/** A certificate authority for one test run, made by the machine's openssl. */

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface TestAuthority {
  /** PEM file for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  /** A server certificate for one name; `days` below zero is one that has already expired. */
  issue(name: string, days?: number): Promise<{ readonly cert: string; readonly key: string }>;
  remove(): Promise<void>;
}

export async function createTestAuthority(): Promise<TestAuthority> {
  const directory = await mkdtemp(join(tmpdir(), "openclaw-setup-ca-"));
  const file = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => run("openssl", args, { cwd: directory });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  await openssl(
    ...["req", "-x509", ...newKey, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2"],
    ...["-subj", "/CN=Test authority"],
    ...["-addext", "keyUsage=critical,keyCertSign"],
  );
  let serial = 0;
  return {
    caFile: file("ca.pem"),
    async issue(name, days = 1) {
      const id = `leaf-${++serial}`;
      await openssl(
        ...["req", ...newKey, "-keyout", `${id}.key`, "-out", `${id}.csr`, "-subj", `/CN=${name}`],
      );
      await writeFile(file(`${id}.ext`), `subjectAltName=DNS:${name}\n`);
      await openssl(
        ...["x509", "-req", "-in", `${id}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key"],
        ...["-set_serial", String(serial), "-extfile", `${id}.ext`, "-out", `${id}.pem`],
        ...["-days", String(days)],
      );
      return {
        cert: await readFile(file(`${id}.pem`), "utf8"),
        key: await readFile(file(`${id}.key`), "utf8"),
      };
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

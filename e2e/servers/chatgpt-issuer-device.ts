/** The sign-in service's device endpoints: its own protocol, on the provider's authorization codes. */

import { createHash, randomBytes, randomInt } from "node:crypto";
import type { ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { RESOURCE, SCOPE } from "@/e2e/servers/chatgpt-issuer-provider";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";

interface Pending {
  readonly userCode: string;
  grant: { authorization_code: string; code_challenge: string; code_verifier: string } | null;
}

export class DeviceAuthorizations {
  readonly #pending = new Map<string, Pending>();

  constructor(
    readonly provider: Provider,
    readonly issuer: ChatGptIssuer,
  ) {}

  /** POST …/usercode and POST …/token, both with JSON bodies. */
  async answer(path: string, body: string, response: ServerResponse): Promise<void> {
    const fields = parse(body);
    if (path.endsWith("/usercode")) {
      if (this.issuer.fault === "device-disabled") return json(response, 404, {});
      if (fields["client_id"] !== this.issuer.clientId) return json(response, 400, {});
      const id = `deviceauth_${randomBytes(16).toString("hex")}`;
      const userCode = newUserCode();
      this.#pending.set(id, { userCode, grant: null });
      // The interval is a string in the service's answers.
      return json(response, 200, { device_auth_id: id, user_code: userCode, interval: "5" });
    }
    const pending = this.#pending.get(fields["device_auth_id"] ?? "");
    if (!pending || pending.userCode !== fields["user_code"]) return json(response, 404, {});
    if (this.issuer.fault === "denied") {
      return json(response, 403, { error: { code: "access_denied", message: "Not allowed" } });
    }
    if (!pending.grant) return json(response, 403, { error: { code: "authorization_pending" } });
    this.#pending.delete(fields["device_auth_id"] ?? "");
    json(response, 200, pending.grant);
  }

  /** What typing the code on the page does; false for one that is not waiting. */
  async approve(typed: string): Promise<boolean> {
    const wanted = typed.trim().toUpperCase();
    const pending = [...this.#pending.values()].find((entry) => entry.userCode === wanted);
    if (!pending || pending.grant) return false;
    const { accountId } = this.issuer.account;
    const client = await this.provider.Client.find(this.issuer.clientId);
    if (!client) throw new Error("The client is not registered.");
    const grant = new this.provider.Grant({ accountId, clientId: client.clientId });
    grant.addOIDCScope(SCOPE);
    grant.addResourceScope(RESOURCE, SCOPE);
    const verifier = randomBytes(32).toString("base64url");
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const code = new this.provider.AuthorizationCode({
      accountId,
      client,
      grantId: await grant.save(),
      gty: "authorization_code",
      redirectUri: `${this.issuer.url}/deviceauth/callback`,
      scope: SCOPE,
      codeChallenge: challenge,
      codeChallengeMethod: "S256",
      resource: RESOURCE,
    });
    pending.grant = {
      authorization_code: await code.save(),
      code_challenge: challenge,
      code_verifier: verifier,
    };
    return true;
  }
}

/** Nine characters in two groups, without letters and digits that look alike. */
function newUserCode(): string {
  const alphabet = "BCDFGHJKLMNPQRSTVWXZ23456789";
  const pick = (count: number) =>
    Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join("");
  return `${pick(4)}-${pick(5)}`;
}

function parse(body: string): Record<string, string> {
  try {
    return JSON.parse(body) as Record<string, string>;
  } catch {
    return {};
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

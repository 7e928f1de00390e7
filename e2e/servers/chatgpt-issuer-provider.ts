/** The certified provider behind the stand-in sign-in service, with the service's rules set. */

import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import Provider, { type Configuration, type JWK } from "oidc-provider";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";

export const SCOPE = "openid profile email offline_access";
export const RESOURCE = "https://api.openai.com/v1";
const AUTH_CLAIM = "https://api.openai.com/auth";
const TEN_DAYS = 10 * 24 * 60 * 60;

export async function createProvider(
  issuer: ChatGptIssuer,
  callbackPort: number,
): Promise<Provider> {
  const account = () => ({
    chatgpt_account_id: issuer.account.accountId,
    chatgpt_plan_type: issuer.account.plan,
    chatgpt_user_id: issuer.account.userId,
    user_id: issuer.account.userId,
  });
  /** Shifts what a token says about its time, as a wrong clock on either side would. */
  const shift = () => {
    if (issuer.fault === "clock-behind") return -2 * TEN_DAYS;
    return issuer.fault === "clock-ahead" ? 2 * 60 * 60 : 0;
  };
  const configuration: Configuration = {
    clients: [
      {
        client_id: issuer.clientId,
        token_endpoint_auth_method: "none",
        // A native client may name http on loopback; the comparison is made exact below.
        application_type: "native",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [
          `http://localhost:${callbackPort}/auth/callback`,
          `${issuer.url}/deviceauth/callback`,
        ],
      },
    ],
    clientBasedCORS: () => false,
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: {
      openid: ["sub", AUTH_CLAIM],
      profile: ["name"],
      email: ["email", "email_verified"],
    },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPE,
          audience: RESOURCE,
          accessTokenFormat: "jwt",
          accessTokenTTL: TEN_DAYS,
        }),
      },
    },
    extraTokenClaims: () => ({
      [AUTH_CLAIM]: account(),
      "https://api.openai.com/profile": { email: issuer.account.email },
    }),
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: issuer.account.name,
        email: issuer.account.email,
        email_verified: true,
        [AUTH_CLAIM]: account(),
      }),
    }),
    formats: {
      customizers: {
        jwt: (_context, _token, parts) => {
          const payload = parts.payload as { iat?: number; exp?: number };
          if (payload.iat !== undefined) payload.iat += shift();
          if (payload.exp !== undefined) payload.exp += shift();
        },
      },
    },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: () => true,
    async loadExistingGrant(context) {
      const { session, client } = context.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new context.oidc.provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope(SCOPE);
      grant.addResourceScope(RESOURCE, SCOPE);
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    rotateRefreshToken: () => true,
    routes: {
      authorization: "/oauth/authorize",
      token: "/oauth/token",
      revocation: "/oauth/revoke",
    },
    jwks: { keys: [await signingKey()] },
    ttl: {
      AccessToken: TEN_DAYS,
      AuthorizationCode: 60,
      Grant: 3 * TEN_DAYS,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 3 * TEN_DAYS,
      Session: 600,
    },
  };
  const provider = new Provider(issuer.url, configuration);
  // Native clients may use any port on loopback (RFC 8252); this service compares exactly.
  provider.Client.prototype.redirectUriAllowed = function redirectUriAllowed(value: string) {
    return this.redirectUris?.includes(value) ?? false;
  };
  return provider;
}

async function signingKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "k1" } as JWK;
}

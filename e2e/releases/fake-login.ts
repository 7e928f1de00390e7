/** A ChatGPT login of the right shape, made up: no server ever issued these tokens. */

export interface FakeLogin {
  readonly access: string;
  readonly refresh: string;
  readonly accountId: string;
  readonly email: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

const LIFETIME_S = 30 * 24 * 60 * 60;

/** `name` tells logins apart: it is in the e-mail address, the account and both tokens. */
export function fakeLogin(name: string): FakeLogin {
  const exp = Math.floor(Date.now() / 1000) + LIFETIME_S;
  const accountId = `acc-${name}`;
  const email = `${name}@example.com`;
  const claims = {
    iss: "https://auth.openai.com",
    sub: `user-${name}`,
    exp,
    email,
    "https://api.openai.com/auth": {
      chatgpt_account_id: accountId,
      chatgpt_plan_type: "plus",
      chatgpt_user_id: `user-${name}`,
    },
    "https://api.openai.com/profile": { email },
  };
  const token = unsigned(claims, name);
  return {
    access: token,
    refresh: `rt_${name}`,
    accountId,
    email,
    expires: exp * 1000,
  };
}

function unsigned(claims: object, name: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signature = Buffer.from(`not-signed-${name}`).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.${signature}`;
}

/** `auth-profiles.json` as OpenClaw up to 2026.5 keeps it, and newer releases import it. */
export function authProfilesJson(provider: string, profileId: string, login: FakeLogin): object {
  const { access, refresh, expires, accountId, email } = login;
  return {
    version: 1,
    profiles: {
      [profileId]: { type: "oauth", provider, access, refresh, expires, accountId, email },
    },
  };
}

/** The login that Codex keeps in a home, made up; its access token ends in an hour. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export const CODEX_TOKENS = {
  access: jwt({ exp: Math.floor(Date.now() / 1000) + 3600, canary: "codex-access" }),
  refresh: "codex-refresh-canary-5b1f8e",
  id: jwt({
    email: "codex@example.com",
    "https://api.openai.com/auth": { chatgpt_account_id: "acct-codex", chatgpt_plan_type: "plus" },
  }),
};

/** Returns the path of the file. */
export async function writeCodexLogin(home: string): Promise<string> {
  const folder = join(home, ".codex");
  await mkdir(folder, { mode: 0o700 });
  const path = join(folder, "auth.json");
  const tokens = {
    id_token: CODEX_TOKENS.id,
    access_token: CODEX_TOKENS.access,
    refresh_token: CODEX_TOKENS.refresh,
    account_id: "acct-codex",
  };
  const last_refresh = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const file = { auth_mode: "chatgpt", OPENAI_API_KEY: null, tokens, last_refresh };
  await writeFile(path, JSON.stringify(file, null, 2), { mode: 0o600 });
  return path;
}

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(claims)}.c2lnbmF0dXJl`;
}

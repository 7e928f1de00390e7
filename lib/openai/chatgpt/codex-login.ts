/** Reads the login that Codex keeps in `$CODEX_HOME/auth.json`. */

import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import * as z from "zod";
import { accountId, mergeClaims, readClaims } from "@/lib/openai/chatgpt/claims";
import { type ChatGptLogin, type LoginSummary, summarize } from "@/lib/openai/chatgpt/login";
import type { Environment } from "@/lib/openai/proxy";
import { err, ok, type Result } from "@/lib/result";
import { readFound } from "@/lib/system/read.mjs";
import { parseJson } from "@/lib/text/json";

export type CodexLogin =
  | { readonly kind: "absent"; readonly path: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: UnreadableReason }
  | { readonly kind: "api-key"; readonly path: string }
  | {
      readonly kind: "found";
      readonly path: string;
      readonly account: LoginSummary;
      readonly refreshedAt: number | null;
      /** The access token has expired; only Codex can tell whether it can be refreshed. */
      readonly expired: boolean;
      readonly readableByOthers: boolean;
    };

export type UnreadableReason = "permission" | "not-a-file" | "too-large" | "not-json" | "no-tokens";

const MAX_BYTES = 1024 * 1024;

const AuthFile = z.object({
  OPENAI_API_KEY: z.string().nullish().catch(null),
  tokens: z
    .object({
      id_token: z.string().min(1),
      access_token: z.string().min(1),
      refresh_token: z.string().min(1),
      account_id: accountId.nullish().catch(null),
    })
    .nullish()
    .catch(null),
  last_refresh: z.string().nullish().catch(null),
});

/** Codex uses CODEX_HOME if set, else `.codex` in the home directory. */
export function codexAuthPath(env: Environment = process.env): string {
  const home = env["CODEX_HOME"]?.trim();
  if (!home) return join(env["HOME"] || homedir(), ".codex", "auth.json");
  return join(isAbsolute(home) ? home : resolve(home), "auth.json");
}

/** Makes no network request, so nothing is refreshed. */
export async function findCodexLogin(
  env: Environment = process.env,
  now: number = Date.now(),
): Promise<CodexLogin> {
  const read = await readAuthFile(env);
  if (!read.ok) return read.error;
  const { path, login, refreshedAt, mode } = read.value;
  return {
    kind: "found",
    path,
    account: summarize(login),
    refreshedAt,
    expired: login.expiresAt <= now,
    readableByOthers: process.platform !== "win32" && (mode & 0o077) !== 0,
  };
}

/** Reads the tokens. Two programs then hold one refresh token, and the first to use it invalidates the other's. */
export async function takeCodexLogin(
  env: Environment = process.env,
): Promise<Result<ChatGptLogin, Exclude<CodexLogin, { kind: "found" }>>> {
  const read = await readAuthFile(env);
  return read.ok ? ok(read.value.login) : read;
}

interface AuthFileRead {
  readonly path: string;
  readonly login: ChatGptLogin;
  readonly refreshedAt: number | null;
  readonly mode: number;
}

async function readAuthFile(
  env: Environment,
): Promise<Result<AuthFileRead, Exclude<CodexLogin, { kind: "found" }>>> {
  const path = codexAuthPath(env);
  const unreadable = (reason: UnreadableReason) =>
    err({ kind: "unreadable", path, reason } as const);
  let text: string;
  let mode: number;
  try {
    const found = readFound(path, { largest: MAX_BYTES });
    if (found.kind === "absent") return err({ kind: "absent", path });
    if (found.kind === "other") return unreadable("not-a-file");
    if (found.kind === "too-large") return unreadable("too-large");
    mode = found.stat.mode;
    text = found.bytes.toString("utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    return unreadable(code === "ENOTDIR" || code === "EISDIR" ? "not-a-file" : "permission");
  }
  const parsed = AuthFile.safeParse(parseJson(text));
  if (!parsed.success) return unreadable("not-json");
  const { tokens, OPENAI_API_KEY, last_refresh } = parsed.data;
  if (!tokens) return OPENAI_API_KEY ? err({ kind: "api-key", path }) : unreadable("no-tokens");
  const access = readClaims(tokens.access_token);
  const claims = mergeClaims(readClaims(tokens.id_token), access);
  const refreshedAt = Date.parse(last_refresh ?? "");
  return ok({
    path,
    mode,
    refreshedAt: Number.isNaN(refreshedAt) ? null : refreshedAt,
    login: {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      email: claims.email,
      name: claims.name,
      plan: claims.plan,
      userId: claims.userId,
      accountId: tokens.account_id ?? claims.accountId,
      // A token without an expiry counts as expired.
      expiresAt: access?.expiresAt ?? 0,
    },
  });
}

/** Asks ChatGPT whether it takes an access token, and for which models; nothing is renewed by it. */

import { z } from "zod";
import { DEFAULT_CHATGPT_BASE_URL } from "@/lib/openai/chatgpt/backend";
import { ORIGINATOR } from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { replyProblem, unreachable } from "@/lib/openai/chatgpt/problems";
import { type HttpOptions, type HttpReply, send } from "@/lib/openai/http";
import { listedIds } from "@/lib/openai/models";
import { parseJson } from "@/lib/text/json";

/** Why ChatGPT says no. */
export type AccountRefusal =
  | "signed-out"
  | "no-codex-entitlement"
  | "workspace-restricted"
  | "region"
  | "other";
/** Why nothing is known: the login may well work. */
export type AccountUnknown =
  | "unreachable"
  | "not-json"
  | "server-error"
  | "rate-limited"
  | "cancelled"
  /** CHATGPT_BASE_URL cannot be used. */
  | "base-url-invalid"
  | "unexpected";

/** `detail` holds the service's own words, bounded and without the token; may be "". */
export type AccountCheck =
  /** The ids of the models as ChatGPT names them. */
  | { readonly kind: "usable"; readonly models: readonly string[] }
  | { readonly kind: "refused"; readonly reason: AccountRefusal; readonly detail: string }
  | { readonly kind: "unchecked"; readonly reason: AccountUnknown; readonly detail: string };

export interface CheckAccountOptions extends HttpOptions {
  /** From `parseBackend`; default ChatGPT's. */
  readonly backend?: URL;
}

/**
 * The list is cut to what a version of Codex can use; this one is above every release of it, so that
 * nothing is left out which OpenClaw could use.
 */
const CLIENT_VERSION = "1.0.0";

const ModelList = z.object({
  models: listedIds("slug"),
});

/**
 * `GET <backend>/codex/models`, the request with which Codex itself begins (its `ModelsClient`): it
 * takes the access token, costs nothing of the plan, and neither uses nor renews the refresh token.
 * Models that Codex hides from its picker are among them: they work.
 */
export async function checkAccount(
  login: Pick<ChatGptLogin, "accessToken" | "accountId">,
  options: CheckAccountOptions = {},
): Promise<AccountCheck> {
  const base = options.backend ?? new URL(DEFAULT_CHATGPT_BASE_URL);
  const reply = await send(
    {
      url: new URL(
        `${base.href.replace(/\/$/u, "")}/codex/models?client_version=${CLIENT_VERSION}`,
      ),
      headers: {
        authorization: `Bearer ${login.accessToken}`,
        ...(login.accountId === null ? {} : { "chatgpt-account-id": login.accountId }),
        originator: ORIGINATOR,
        "user-agent": ORIGINATOR,
      },
    },
    options,
  );
  if (reply.ok) return judge(reply.value, login.accessToken);
  const { code, detail } = unreachable(reply.error, [login.accessToken]);
  return {
    kind: "unchecked",
    reason: code === "cancelled" ? "cancelled" : "unreachable",
    detail,
  };
}

function judge(reply: HttpReply, token: string): AccountCheck {
  const { status, text } = reply;
  if (status === 200) {
    const list = ModelList.safeParse(parseJson(text));
    if (list.success) return { kind: "usable", models: [...new Set(list.data.models)] };
    const reason = parseJson(text) === undefined ? "not-json" : "unexpected";
    return { kind: "unchecked", reason, detail: "HTTP 200" };
  }
  const { code, detail } = replyProblem(reply, [token]);
  // A page in between answers with any status; only the service itself can say no.
  if (/^\s*</u.test(text)) {
    return { kind: "unchecked", reason: status >= 500 ? "server-error" : "not-json", detail };
  }
  if (code === "no-codex-entitlement" || code === "workspace-restricted" || code === "region") {
    return { kind: "refused", reason: code, detail };
  }
  if (status === 401) return { kind: "refused", reason: "signed-out", detail };
  if (status === 402 || status === 403) return { kind: "refused", reason: "other", detail };
  const known = code === "rate-limited" || code === "server-error";
  return { kind: "unchecked", reason: known ? code : "unexpected", detail };
}

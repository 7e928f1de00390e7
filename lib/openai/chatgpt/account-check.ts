/** Asks ChatGPT whether it accepts an access token, and for which models. */

import { z } from "zod";
import { DEFAULT_CHATGPT_BASE_URL } from "@/lib/openai/chatgpt/backend";
import { ORIGINATOR } from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { replyProblem, unreachable } from "@/lib/openai/chatgpt/problems";
import { type HttpOptions, type HttpReply, send } from "@/lib/openai/http";
import { listedIds } from "@/lib/openai/models";
import { parseJson } from "@/lib/text/json";

export type AccountRefusal =
  | "signed-out"
  | "no-codex-entitlement"
  | "workspace-restricted"
  | "region"
  | "other";
/** The check was inconclusive, so the login may still work. */
export type AccountUnknown =
  | "unreachable"
  | "not-json"
  | "server-error"
  | "rate-limited"
  | "cancelled"
  | "base-url-invalid"
  | "unexpected";

/** `detail` holds the service's message, shortened and without the token; may be "". */
export type AccountCheck =
  | { readonly kind: "usable"; readonly models: readonly string[] }
  | { readonly kind: "refused"; readonly reason: AccountRefusal; readonly detail: string }
  | { readonly kind: "unchecked"; readonly reason: AccountUnknown; readonly detail: string };

export interface CheckAccountOptions extends HttpOptions {
  readonly backend?: URL;
}

/** The list depends on the version of Codex; this one exceeds every release, so nothing is left out. */
const CLIENT_VERSION = "1.0.0";

const ModelList = z.object({
  models: listedIds("slug"),
});

/** Sends `GET <backend>/codex/models`, as Codex does at its start (`ModelsClient`), at no cost. */
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
  // A proxy's HTML page is no answer of the service, whatever its status.
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

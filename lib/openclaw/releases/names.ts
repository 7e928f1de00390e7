/** OpenClaw's names for OpenAI's providers and keys. Releases in comments are where they were seen. */

/** The provider of keys, and since 2026.6.1 of ChatGPT logins. */
export const OPENAI = "openai";
/** `openai-codex` holds logins before 2026.6.1, and in files that newer releases import. */
export const OPENAI_PROVIDERS: readonly string[] = [OPENAI, "openai-codex"];

export const OPENAI_ENTRY = ["models", "providers", OPENAI];
export const OPENAI_ORDER = ["auth", "order", OPENAI];

export const KEY_VARIABLE = "OPENAI_API_KEY";
export const ADDRESS_VARIABLE = "OPENAI_BASE_URL";

export const OPENAI_BASE_URL = "https://api.openai.com/v1";
export const CHATGPT_BASE_URL = "https://chatgpt.com/backend-api";
/** The `api` of a model used with a login (2026.9.6). */
export const CHATGPT_API = "openai-chatgpt-responses";

export const KEY_TEXT_REFERENCE = `\${${KEY_VARIABLE}}`;
export const KEY_SECRET_REF = { source: "env", provider: "default", id: KEY_VARIABLE } as const;

/** A profile without a secret that refers to the key in `.env` (`profileReferences`). */
export const KEY_PROFILE = {
  id: `${OPENAI}:setup-key`,
  profile: { type: "api_key", provider: OPENAI, keyRef: KEY_SECRET_REF },
} as const;

/** For a key behind a login, where `openai` requests go to ChatGPT (see BackupWay). */
export const KEY_PROVIDER = "openai-setup-key";

export function keyProviderEntry(model: string, baseUrl: string) {
  return {
    baseUrl,
    api: "openai-responses",
    apiKey: KEY_TEXT_REFERENCE,
    models: [{ id: model, name: model }],
  };
}

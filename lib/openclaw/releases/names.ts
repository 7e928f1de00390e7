/**
 * What OpenClaw calls the things of OpenAI, and how a key is written down for it; the table of releases says
 * which of it a release takes. A release in a comment is where it was seen.
 */

/** The provider of a key; from 2026.6.1 on of a ChatGPT login as well. */
export const OPENAI = "openai";
/** The second is that of a login before 2026.6.1, and in the file that newer releases import. */
export const OPENAI_PROVIDERS: readonly string[] = [OPENAI, "openai-codex"];

/** Where the config has the key's provider, and the order of its profiles. */
export const OPENAI_ENTRY = ["models", "providers", OPENAI];
export const OPENAI_ORDER = ["auth", "order", OPENAI];

export const KEY_VARIABLE = "OPENAI_API_KEY";
/** See `followsBaseUrlVariable`. */
export const ADDRESS_VARIABLE = "OPENAI_BASE_URL";

export const OPENAI_BASE_URL = "https://api.openai.com/v1";
export const CHATGPT_BASE_URL = "https://chatgpt.com/backend-api";
/** `api` of a model that is asked for with a login (2026.9.6). */
export const CHATGPT_API = "openai-chatgpt-responses";

/** The two ways to refer to the variable, of the key forms `provider-env-ref` and `provider-secret-ref`. */
export const KEY_TEXT_REFERENCE = `\${${KEY_VARIABLE}}`;
export const KEY_SECRET_REF = { source: "env", provider: "default", id: KEY_VARIABLE } as const;

/** A profile that refers to the key in `.env`, and so holds no secret (`profileReferences`). */
export const KEY_PROFILE = {
  id: `${OPENAI}:setup-key`,
  profile: { type: "api_key", provider: OPENAI, keyRef: KEY_SECRET_REF },
} as const;

/** For a key behind a login, where one of `openai` would be sent to ChatGPT (see BackupWay). */
export const KEY_PROVIDER = "openai-setup-key";

/** The entry of that provider, with the one model that is fallen back on, asked for at an address. */
export function keyProviderEntry(model: string, baseUrl: string) {
  return {
    baseUrl,
    api: "openai-responses",
    apiKey: KEY_TEXT_REFERENCE,
    models: [{ id: model, name: model }],
  };
}

/** OpenAI's pages for users, as of November 2026; they are linked, never fetched. */

export const OPENAI_PAGES = {
  keys: "https://platform.openai.com/api-keys",
  billing: "https://platform.openai.com/settings/organization/billing/overview",
  usage: "https://platform.openai.com/usage",
  chatgptSettings: "https://chatgpt.com/#settings/Security",
} as const;

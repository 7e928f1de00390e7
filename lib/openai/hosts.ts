/** The hosts at which OpenAI and ChatGPT answer a model's request. */

const API = "api.openai.com";
/** Data residency: `eu.api.openai.com`, `us.api.openai.com`, … (OpenAI's documentation). */
const REGIONAL = /^[a-z0-9-]+\.api\.openai\.com$/u;
const CHATGPT = "chatgpt.com";

/** Whether a request for a reply that reaches this host reaches OpenAI. Lower case, no port. */
export function isOpenAiHost(host: string): boolean {
  return host === API || host === CHATGPT || REGIONAL.test(host);
}

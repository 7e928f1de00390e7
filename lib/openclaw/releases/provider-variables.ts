/** Key variables of providers that do not start with the provider's name. */

/** From the sources of 2026.2.9 and plugin manifests of 2026.5.12, 2026.7.1 and 2026.9.6. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  alibaba: ["MODELSTUDIO_API_KEY", "DASHSCOPE_API_KEY", "QWEN_API_KEY"],
  arcee: ["ARCEEAI_API_KEY"],
  "github-copilot": ["COPILOT_GITHUB_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"],
  google: ["GEMINI_API_KEY"],
  "google-vertex": ["GOOGLE_CLOUD_API_KEY"],
  huggingface: ["HF_TOKEN"],
  kimi: ["KIMICODE_API_KEY"],
  "kimi-coding": ["KIMI_API_KEY", "KIMICODE_API_KEY"],
  lmstudio: ["LM_API_TOKEN"],
  meta: ["MODEL_API_KEY"],
  "microsoft-foundry": ["AZURE_OPENAI_API_KEY"],
  "minimax-portal": ["MINIMAX_OAUTH_TOKEN", "MINIMAX_API_KEY"],
  moonshot: ["KIMI_API_KEY"],
  "ollama-cloud": ["OLLAMA_API_KEY"],
  "opencode-go": ["OPENCODE_API_KEY", "OPENCODE_ZEN_API_KEY"],
  qwen: ["MODELSTUDIO_API_KEY", "DASHSCOPE_API_KEY"],
  "qwen-portal": ["QWEN_OAUTH_TOKEN"],
  "stepfun-plan": ["STEPFUN_API_KEY"],
  "tencent-tokenhub": ["TOKENHUB_API_KEY"],
  "vercel-ai-gateway": ["AI_GATEWAY_API_KEY"],
  volcengine: ["VOLCANO_ENGINE_API_KEY"],
  zai: ["Z_AI_API_KEY"],
};

/** For example `ANTHROPIC_…` for anthropic, or a listed name. */
export function isVariableOf(provider: string, name: string): boolean {
  const start = `${provider.toUpperCase().replace(/\W/gu, "_")}_`;
  const others = Object.hasOwn(OTHER_NAMES, provider) ? OTHER_NAMES[provider] : undefined;
  return name.startsWith(start) || (others?.includes(name) ?? false);
}

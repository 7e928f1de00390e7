import { describe, expect, it } from "vitest";
import { failureInLog, turnFailureOf } from "@/lib/openclaw/command/failure";
import { refusalIn, sentenceOf } from "@/lib/openclaw/command/refusal";
import { answerOf } from "@/lib/openclaw/command/testing/fake-cli";

/** As `failureOf` gets it from a run that ended by itself. */
function failed(release: string, name: string) {
  const run = { ...answerOf(release, name), args: [], startError: null, signal: null };
  return turnFailureOf({ ...run, timedOut: false, aborted: false, durationMs: 1 } as never, []);
}

describe("what real releases print where the provider refuses", () => {
  it.each([
    ["2026.9.6", "turn-refused-auth", "key-refused", "Authentication failed"],
    ["2026.9.6", "infer-refused-auth", "key-refused", "Incorrect API key provided"],
    ["2026.9.6", "turn-refused-quota", "no-credit", "your API key has run out of credits"],
    ["2026.9.6", "infer-refused-quota", "no-credit", "You exceeded your current quota"],
    ["2026.9.6", "infer-refused-billing", "no-credit", "Billing hard limit has been reached"],
    ["2026.9.6", "turn-refused-rate", "rate-limited", "Rate limit reached"],
    ["2026.9.6", "turn-refused-region", "wrong-host", "eu.api.openai.com"],
    ["2026.9.6", "turn-refused-country", "country", "Country, region"],
    ["2026.9.6", "turn-refused-model", "model-unavailable", "was not found by the provider"],
    ["2026.9.6", "turn-refused-model403", "model-unavailable", "does not have access to model"],
    ["2026.9.6", "infer-refused-model", "model-unavailable", "does not exist"],
    ["2026.9.6", "turn-refused-hangup", "network", "network connection error"],
    ["2026.9.6", "turn-refused-refused", "network", "connection refused"],
    ["2026.9.6", "infer-refused-hangup", "network", "Connection error."],
    ["2026.9.6", "turn-refused-unknown-model", "unknown-model", "Unknown model: openai/gpt-99"],
    ["2026.9.6", "turn-gateway-running", "gateway-running", "A Gateway is running"],
    ["2026.9.6", "turn-through-gateway-quota", "no-credit", "returned a billing error"],
    ["2026.7.1", "turn-refused-auth", "key-refused", "Incorrect API key provided"],
    ["2026.7.1", "infer-refused-auth", "key-refused", "Incorrect API key provided"],
    ["2026.7.1", "turn-refused-quota", "no-credit", "You exceeded your current quota"],
    ["2026.7.1", "turn-refused-rate", "rate-limited", "Rate limit reached"],
    ["2026.7.1", "turn-refused-region", "wrong-host", "eu.api.openai.com"],
    ["2026.7.1", "infer-refused-country", "country", "Country, region"],
    ["2026.7.1", "turn-refused-model", "model-unavailable", "does not exist"],
    ["2026.7.1", "turn-refused-server", "provider-down", "The server had an error"],
    ["2026.7.1", "turn-refused-hangup", "network", "network connection error"],
    ["2026.7.1", "infer-refused-refused", "network", ""],
    // A proxy's page with a 403.
    ["2026.7.1", "turn-refused-html", "network", ""],
    ["2026.7.1", "turn-refused-unknown-model", "unknown-model", "Unknown model: openai/gpt-99"],
    ["2026.9.6", "turn-401", "key-refused", ""],
    ["2026.9.6", "turn-no-key", "no-credential", "No route-compatible authentication"],
    ["2026.9.6", "turn-no-agent", "unknown-agent", "Unknown agent id"],
  ])("%s %s", (release, name, code, words) => {
    const failure = failed(release, name);
    expect(failure.code).toBe(code);
    expect(failure.sentence).toContain(words);
    expect(failure.sentence).not.toMatch(/^\[|Retry-After|\w=\S+ \w+=|<html/u);
  });
});

describe("refusalIn", () => {
  it.each([
    // The reports' own words.
    ["request failed (authentication failed, HTTP 401)", "key-refused"],
    [
      "openai (gpt-5.5) returned a billing error — your API key has run out of credits or has an insufficient balance.",
      "no-credit",
    ],
    [
      "[agent/embedded] run failed: status=429 code=insufficient_quota type=insufficient_quota rawError=429 You exceeded your current quota",
      "no-credit",
    ],
    ["401 incorrect regional hostname. Please use eu.api.openai.com", "wrong-host"],
    // And others.
    ["Billing hard limit has been reached", "no-credit"],
    ["⚠️ API rate limit reached. Please try again later.", "rate-limited"],
    ["403 Country, region, or territory not supported", "country"],
    ["OpenAI-Organization header should match organization for API key", "organization"],
    ["403 Project `proj_x` does not have access to model `gpt-5.5`", "model-unavailable"],
    [
      "The 'gpt-5.4' model is not supported when using Codex with a ChatGPT account.",
      "model-unavailable",
    ],
    ["LLM request failed: connection refused by the provider endpoint.", "network"],
    ["getaddrinfo ENOTFOUND api.openai.com", "network"],
    ["The AI service is temporarily overloaded. Please try again in a moment.", "provider-down"],
  ])("%s", (text, code) => {
    expect(refusalIn([text])?.code).toBe(code);
  });

  it("takes the special word of a log before the bare status of the answer", () => {
    const said = "Authentication failed (provider returned HTTP 401).";
    const log =
      "[agent/embedded] embedded run agent end: error=Authentication failed rawError=401 incorrect regional hostname. Please use the hostname eu.api.openai.com";
    expect(refusalIn([said, log])).toEqual({
      code: "wrong-host",
      sentence: "incorrect regional hostname. Please use the hostname eu.api.openai.com",
    });
  });

  it("hears nothing in figures, and nothing in what the memory asked for", () => {
    const lines = [
      "[sqlite/transaction] slow SQLite transaction hold elapsedMs=429 threadId=401",
      "[memory] sync failed: openai embeddings failed (429): You exceeded your current quota [code=insufficient_quota]",
      "cataloged 503 tools behind exec/wait, totalMs=401 Done",
    ];
    expect(refusalIn(lines)).toBeNull();
  });
});

describe("sentenceOf", () => {
  it.each([
    ["[openclaw] Reason: Unknown model: openai/gpt-99", "Unknown model: openai/gpt-99"],
    [
      'No text output returned for provider "openai" model "gpt-5.5": 401 Incorrect API key provided.; Retry-After: 0.01 seconds.',
      "Incorrect API key provided.",
    ],
    ["⚠️ openai (gpt-5.5) returned a billing error.", "openai (gpt-5.5) returned a billing error."],
  ])("%s", (line, sentence) => {
    expect(sentenceOf(line)).toBe(sentence);
  });
});

it("shows why the gateway's service was not installed (2026.9.6)", () => {
  const said =
    "Gateway install blocked: Error: SERVICE_DEFINITION_UNKNOWN: [system-ownership-unverified] The service definition has unverifiable system-service ownership.";
  const failure = failureInLog(said, []);
  expect(failure.code).toBe("failed");
  expect(failure.sentence).toMatch(/^SERVICE_DEFINITION_UNKNOWN: .*unverifiable/u);
});

it.each([
  [3, null, "exit code 3"],
  [null, "SIGSEGV", "signal SIGSEGV"],
  [0, null, "exit code 0"],
])("has details of a command that ended in silence: %j, %j", (code, signal, detail) => {
  const silent = { code, signal, stdout: "", stderr: " \n", truncated: false, args: [] } as const;
  const run = { ...silent, durationMs: 1, timedOut: false, aborted: false, startError: null };
  expect(turnFailureOf(run as never, [])).toMatchObject({
    code: code === 0 ? "no-answer" : "failed",
    detail,
  });
});

/** Tells which ChatGPT plans include Codex, which a subscription login needs. */

export interface PlanInfo {
  readonly id: "free" | "go" | "plus" | "pro" | "business" | "enterprise" | "edu" | null;
  /** OpenAI's product name, not translated; null for an unknown plan. */
  readonly name: string | null;
  readonly raw: string;
  /** `limited`: OpenAI has both refused and allowed Codex, so only a real reply decides. `unknown` is let through. */
  readonly codex: "included" | "limited" | "unknown";
}

const SPELLINGS: ReadonlyMap<string, NonNullable<PlanInfo["id"]>> = new Map([
  ["free", "free"],
  ["go", "go"],
  ["plus", "plus"],
  ["pro", "pro"],
  ["team", "business"],
  ["business", "business"],
  ["enterprise", "enterprise"],
  ["hc", "enterprise"],
  ["edu", "edu"],
  ["education", "edu"],
]);

const NAMES = {
  free: "ChatGPT Free",
  go: "ChatGPT Go",
  plus: "ChatGPT Plus",
  pro: "ChatGPT Pro",
  business: "ChatGPT Business",
  enterprise: "ChatGPT Enterprise",
  edu: "ChatGPT Edu",
} as const;

export function planInfo(raw: string | null): PlanInfo {
  const id = SPELLINGS.get((raw ?? "").toLowerCase()) ?? null;
  const limited = id === "free" || id === "go";
  const codex = id === null ? "unknown" : limited ? "limited" : "included";
  return { id, name: id && NAMES[id], raw: raw ?? "", codex };
}

/** Which ChatGPT plans can use Codex, which is what a subscription login is used through. */

export interface PlanInfo {
  /** Stable id of a known plan, whatever spelling the service used; null for an unknown one. */
  readonly id: "free" | "go" | "plus" | "pro" | "business" | "enterprise" | "edu" | null;
  /** OpenAI's product name, the same in every language; null for an unknown plan. */
  readonly name: string | null;
  /** The service's own word, for showing an unknown plan. */
  readonly raw: string;
  /**
   * `limited`: OpenAI has both refused and allowed Codex on it, so a real reply must decide;
   * `unknown`: a plan this program has not heard of, which is let through.
   */
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

/** Judges the `chatgpt_plan_type` claim (spellings as in Codex's own table). */
export function planInfo(raw: string | null): PlanInfo {
  const id = SPELLINGS.get((raw ?? "").toLowerCase()) ?? null;
  const limited = id === "free" || id === "go";
  const codex = id === null ? "unknown" : limited ? "limited" : "included";
  return { id, name: id && NAMES[id], raw: raw ?? "", codex };
}

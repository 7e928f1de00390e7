/** Interprets `openclaw agent --json`: a reply, or an error in its place. */

import * as z from "zod";
import { sentenceOf } from "@/lib/openclaw/command/refusal";

const text = z.string().nullish().catch(null);
const Ref = z.object({ provider: text, model: text });

const Agent = z.object({
  provider: z.string().nullish(),
  model: z.string().nullish(),
  usage: z.object({ output: z.number().nullish() }).nullish().catch(null),
  credentialSource: z
    .object({ kind: z.string(), evidence: z.string().nullish() })
    .nullish()
    .catch(null),
  // Since 2026.9: the requested model, which a session may pin, and the one that answered.
  terminalReceipt: z
    .object({ requested: Ref.nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** Since 2026.6.10: every model tried, in order. */
const Trace = z.object({
  fallbackUsed: z.boolean().nullish().catch(null),
  attempts: z
    .array(Ref.extend({ result: text, reason: text, error: text }))
    .nullish()
    .catch(null),
});

const Turn = z.object({
  payloads: z.array(z.object({ text: z.string().nullish().catch(null) })),
  meta: z.object({
    agentMeta: Agent.nullish().catch(null),
    stopReason: z.string().nullish().catch(null),
    livenessState: z.string().nullish().catch(null),
    error: z.unknown().optional(),
    executionTrace: Trace.nullish().catch(null),
    transport: text,
    fallbackFrom: text,
  }),
});

/** The gateway's commands wrap the answer. */
export const TurnAnswer = z.union([
  Turn,
  z.object({ result: Turn }).transform(({ result }) => result),
]);

export interface TurnReply {
  readonly text: string;
  readonly model: string;
  readonly provider: string;
  readonly ms: number;
  readonly requested: string | null;
  /** Models that were tried first and failed; empty if the release does not say. */
  readonly refused: readonly TurnAttempt[];
  /**
   * Why the gateway did not answer and the command did in its place, in OpenClaw's words; "" if it does not
   * say. Null otherwise, and on releases that never do so (2026.8.1 and later).
   */
  readonly besideGateway: string | null;
  /** `profile`, or `direct` with a detail such as `environment`; null before 2026.9. */
  readonly credential: { readonly kind: string; readonly evidence: string | null } | null;
}

export interface TurnAttempt {
  readonly model: string;
  readonly reason: string;
}

export type TurnOutcome =
  | { readonly kind: "reply"; readonly reply: TurnReply }
  /** The provider refused; OpenClaw returns its message as the reply. */
  | { readonly kind: "error"; readonly text: string };

/**
 * 2026.2.9 and 2026.4.15 exit with 0 after a refusal, which is the reply's text. 2026.4.15 marks
 * it (`stopReason: "error"`, `livenessState: "blocked"`); 2026.2.9 only counts no tokens.
 */
export function outcomeOf(answer: z.infer<typeof TurnAnswer>, ms: number, log = ""): TurnOutcome {
  const { meta, payloads } = answer;
  const said = payloads
    .map((payload) => payload.text ?? "")
    .join("\n")
    .trim();
  const agent = meta.agentMeta;
  const marked =
    meta.stopReason === "error" || meta.livenessState === "blocked" || meta.error != null;
  const uncounted = !meta.stopReason && !agent?.usage;
  if (marked || uncounted || said === "") return { kind: "error", text: said };
  const [traced, logged] = [refusedIn(meta.executionTrace), decisionsIn(log)];
  const provider = agent?.provider ?? "";
  const model = agent?.model ?? "";
  return {
    kind: "reply",
    reply: {
      text: said,
      provider,
      model: refOf({ provider, model }) ?? "",
      requested: refOf(agent?.terminalReceipt?.requested) ?? logged.requested,
      refused: traced.length > 0 ? traced : logged.refused,
      besideGateway: besideGatewayIn(meta, log),
      ms,
      credential: agent?.credentialSource
        ? {
            kind: agent.credentialSource.kind,
            evidence: agent.credentialSource.evidence ?? null,
          }
        : null,
    },
  };
}

/** 2026.2.9 and 2026.4.15 tell it only in their log, 2026.7.1 in both. */
function besideGatewayIn(
  { transport, fallbackFrom }: z.infer<typeof Turn>["meta"],
  log: string,
): string | null {
  const said = FALLBACK.exec(log)?.groups?.["why"];
  if (said !== undefined) return sentenceOf(said);
  return transport === "embedded" && fallbackFrom === "gateway" ? "" : null;
}

const FALLBACK =
  /Gateway agent (?:failed|timed out); (?:falling back to embedded|running embedded agent)[^:\n]*: (?<why>.*)/u;

/** 2026.7.1 reports fallbacks only in its log; its trace names just the model that answered. */
function decisionsIn(log: string): Pick<TurnReply, "requested" | "refused"> {
  const decisions = [...log.matchAll(DECISION)].map(({ groups = {} }) => groups);
  return {
    requested: decisions[0]?.["requested"] ?? null,
    refused: decisions
      .filter(({ decision }) => decision === "candidate_failed")
      .map(({ candidate = "", reason = "" }) => ({ model: candidate, reason })),
  };
}

const DECISION =
  /\bdecision=(?<decision>\w+) requested=(?<requested>\S+) candidate=(?<candidate>\S+) reason=(?<reason>\w+)/gu;

/** Null if the model is unknown; adds a missing provider. */
function refOf(ref: z.infer<typeof Ref> | null | undefined): string | null {
  const { provider, model } = ref ?? {};
  if (!model) return null;
  return provider && !model.startsWith(`${provider}/`) ? `${provider}/${model}` : model;
}

function refusedIn(trace: z.infer<typeof Trace> | null | undefined): readonly TurnAttempt[] {
  return (trace?.attempts ?? []).flatMap((attempt) => {
    const model = refOf(attempt);
    if (model === null || attempt.result === "success") return [];
    return [{ model, reason: attempt.reason ?? "" }];
  });
}

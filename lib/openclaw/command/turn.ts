/** `openclaw agent --json`: what came back, and whether it was a reply or an error in its place. */

import * as z from "zod";

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
  // From 2026.9 on: what was asked for, which a session may have pinned, and what answered.
  terminalReceipt: z
    .object({ requested: Ref.nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** From 2026.6.10 on: every model that was tried, in order. */
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

/** The answer itself, or wrapped as the gateway's commands do. */
export const TurnAnswer = z.union([
  Turn,
  z.object({ result: Turn }).transform(({ result }) => result),
]);

export interface TurnReply {
  readonly text: string;
  /** The ref that answered, such as `openai/gpt-5.5`. */
  readonly model: string;
  readonly provider: string;
  /** Milliseconds of the whole command, its start included. */
  readonly ms: number;
  /** The ref that was asked for; null where the release does not say. */
  readonly requested: string | null;
  /** What was tried before it and refused; empty where the release does not say. */
  readonly refused: readonly TurnAttempt[];
  /** A gateway was asked, did not answer, and the command answered by itself (2026.4.15 to 2026.7.1). */
  readonly besideGateway: boolean;
  /** `profile`, or `direct` with `environment` and the like; null before 2026.9. */
  readonly credential: { readonly kind: string; readonly evidence: string | null } | null;
}

export interface TurnAttempt {
  readonly model: string;
  /** OpenClaw's word for why, such as `billing`; "" where it gives none. */
  readonly reason: string;
}

export type TurnOutcome =
  | { readonly kind: "reply"; readonly reply: TurnReply }
  /** The provider refused; OpenClaw puts its words where the reply would be. */
  | { readonly kind: "error"; readonly text: string };

/**
 * A refused request ends with exit code 0 on 2026.2.9 and 2026.4.15, the refusal as the reply's text.
 * 2026.4.15 marks it (`stopReason: "error"`, `livenessState: "blocked"`); on 2026.2.9 all there is to
 * see is that no tokens were counted. `log`: what was written beside the answer.
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
      besideGateway: meta.transport === "embedded" && meta.fallbackFrom === "gateway",
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

/** What 2026.7.1 tells of a fallback in its log alone: its trace then has the one that answered and no other. */
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

/** `provider/model`, where the model does not say the provider itself; null where it is not known. */
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

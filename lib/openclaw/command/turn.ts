/** `openclaw agent --local --json`: what came back, and whether it was a reply or an error in its place. */

import * as z from "zod";

const Agent = z.object({
  provider: z.string().nullish(),
  model: z.string().nullish(),
  usage: z.object({ output: z.number().nullish() }).nullish().catch(null),
  credentialSource: z
    .object({ kind: z.string(), evidence: z.string().nullish() })
    .nullish()
    .catch(null),
});

const Turn = z.object({
  payloads: z.array(z.object({ text: z.string().nullish().catch(null) })),
  meta: z.object({
    durationMs: z.number().nullish().catch(null),
    agentMeta: Agent.nullish().catch(null),
    stopReason: z.string().nullish().catch(null),
    livenessState: z.string().nullish().catch(null),
    error: z.unknown().optional(),
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
  /** Milliseconds of the turn as OpenClaw counts it. */
  readonly turnMs: number | null;
  /** `profile`, or `direct` with `environment` and the like; null before 2026.9. */
  readonly credential: { readonly kind: string; readonly evidence: string | null } | null;
}

export type TurnOutcome =
  | { readonly kind: "reply"; readonly reply: TurnReply }
  /** The provider refused; OpenClaw puts its words where the reply would be. */
  | { readonly kind: "error"; readonly text: string };

/**
 * A refused request ends with exit code 0 on 2026.2.9 and 2026.4.15, the refusal as the reply's text.
 * 2026.4.15 marks it (`stopReason: "error"`, `livenessState: "blocked"`); on 2026.2.9 all there is to
 * see is that no tokens were counted.
 */
export function outcomeOf(answer: z.infer<typeof TurnAnswer>, ms: number): TurnOutcome {
  const { meta, payloads } = answer;
  const text = payloads
    .map((payload) => payload.text ?? "")
    .join("\n")
    .trim();
  const agent = meta.agentMeta;
  const marked =
    meta.stopReason === "error" || meta.livenessState === "blocked" || meta.error != null;
  const uncounted = !meta.stopReason && !agent?.usage;
  if (marked || uncounted || text === "") return { kind: "error", text };
  const provider = agent?.provider ?? "";
  const model = agent?.model ?? "";
  return {
    kind: "reply",
    reply: {
      text,
      provider,
      model:
        provider && model && !model.startsWith(`${provider}/`) ? `${provider}/${model}` : model,
      ms,
      turnMs: meta.durationMs ?? null,
      credential: agent?.credentialSource
        ? {
            kind: agent.credentialSource.kind,
            evidence: agent.credentialSource.evidence ?? null,
          }
        : null,
    },
  };
}

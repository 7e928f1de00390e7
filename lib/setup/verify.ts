/** After the write: what the installed OpenClaw says of it, and, where asked for, a real reply through it. */

import { redact } from "@/lib/openai/redact";
import {
  AgentOutput,
  type Answer,
  jsonIn,
  type OpenClawCall,
  runOpenClaw,
  StatusOutput,
  ValidateOutput,
} from "@/lib/openclaw/ask-openclaw";
import {
  type Environment,
  findInstalled,
  findNode,
  locateState,
} from "@/lib/openclaw/find-openclaw";
import { eraFor, type ReleaseEra } from "@/lib/openclaw/releases";

const CHECK_MS = 90_000;
/** A first turn loads the whole agent; 19 s were seen on two cores. */
const REPLY_MS = 180_000;

export type Absence =
  | { readonly kind: "not-installed" }
  | { readonly kind: "node-misfit"; readonly needed: string; readonly found: string };

export type Verification =
  | Absence
  | { readonly kind: "failed"; readonly detail: string; readonly timedOut: boolean }
  | {
      readonly kind: "answered";
      /** Null where the release has no such command. */
      readonly valid: boolean | null;
      readonly usable: boolean;
      readonly model: string;
      /** How OpenClaw names the credential it would use, masked by itself and by us. */
      readonly credential: string;
      readonly detail: string;
    };

export type Reply =
  | Absence
  | { readonly kind: "failed"; readonly detail: string; readonly timedOut: boolean }
  | {
      readonly kind: "replied";
      readonly text: string;
      readonly model: string;
      readonly milliseconds: number;
    };

/** `config validate` where the release has it, then `models status --json`. */
export async function verifySetup(
  env: Environment,
  profile: string | null,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<Verification> {
  const ready = await prepare(env, profile, signal);
  if ("kind" in ready) return ready;
  const { call, era } = ready;
  let valid: boolean | null = null;
  let detail = "";
  if (era.commands.configValidate) {
    const checked = await runOpenClaw(call, ["config", "validate", "--json"], CHECK_MS);
    const output = ValidateOutput.safeParse(jsonIn(checked.stdout));
    if (!output.success) return failed(checked, secrets);
    valid = output.data.valid;
    if (!valid) detail = words(checked, secrets);
  }
  const asked = await runOpenClaw(call, ["models", "status", "--json"], CHECK_MS);
  const status = StatusOutput.safeParse(jsonIn(asked.stdout));
  if (!status.success) {
    if (valid !== false) return failed(asked, secrets);
    return { kind: "answered", valid, usable: false, model: "", credential: "", detail };
  }
  const { auth, resolvedDefault, defaultModel } = status.data;
  const model = resolvedDefault ?? defaultModel ?? "";
  const provider = model.split("/")[0] ?? "";
  const entry = auth?.providers.find((candidate) => candidate.provider === provider);
  const missing = auth?.missingProvidersInUse.includes(provider) ?? true;
  const kind = entry?.effective?.kind ?? "missing";
  return {
    kind: "answered",
    valid,
    usable: valid !== false && !missing && kind !== "missing",
    model,
    credential: redact(`${kind}: ${entry?.effective?.detail ?? ""}`, secrets),
    detail: detail || redact(asked.stderr.trim(), secrets),
  };
}

/** One message through `openclaw agent --local`: a paid request, made only when the person asks for it. */
export async function requestReply(
  env: Environment,
  profile: string | null,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<Reply> {
  const ready = await prepare(env, profile, signal);
  if ("kind" in ready) return ready;
  const message = "Reply with one short sentence: does this connection work?";
  const args = ["agent", "--local", "--agent", "main", "--message", message, "--json"];
  const answer = await runOpenClaw(ready.call, args, REPLY_MS);
  const output = AgentOutput.safeParse(jsonIn(answer.stdout) ?? jsonIn(answer.stderr));
  const text = output.data?.payloads
    .map((part) => part.text ?? "")
    .join("\n")
    .trim();
  if (answer.code !== 0 || !text) return failed(answer, secrets);
  const about = output.data?.meta?.agentMeta;
  return {
    kind: "replied",
    text: redact(text, secrets, 2000),
    model: about?.model ? `${about.provider ?? "openai"}/${about.model}` : "",
    milliseconds: answer.milliseconds,
  };
}

async function prepare(
  env: Environment,
  profile: string | null,
  signal: AbortSignal,
): Promise<Absence | { readonly call: OpenClawCall; readonly era: ReleaseEra }> {
  const installed = await findInstalled(env);
  if (!installed) return { kind: "not-installed" };
  const { era } = eraFor(installed.version);
  const node = await findNode(env, installed, era.node);
  const needed = installed.needsNode ?? era.node;
  if (!node?.fits) return { kind: "node-misfit", needed, found: node?.version ?? "–" };
  const { homeDir } = await locateState(env, profile);
  return { call: { installed, node, env, profile, cwd: homeDir, signal }, era };
}

function failed(answer: Answer, secrets: readonly string[]) {
  return { kind: "failed" as const, detail: words(answer, secrets), timedOut: answer.timedOut };
}

function words(answer: Answer, secrets: readonly string[]): string {
  return redact((answer.stderr.trim() || answer.stdout.trim()).slice(-4000), secrets, 2000);
}

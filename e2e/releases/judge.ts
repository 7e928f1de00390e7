/** What a real OpenClaw says about the files it was given: validate, status, a whole agent turn. */
import { z } from "zod";
import { type EraLookup, eraFor } from "@/lib/openclaw/releases/table";
import { readingOf } from "@/lib/setup/machine/told-row";
import { asInstalled, type InstalledRelease } from "./install";
import type { ModelServer } from "./model-server";
import { type Home, type RunResult, runOpenClaw } from "./run";

/** One OpenClaw in one home. */
export interface Subject {
  readonly release: InstalledRelease;
  readonly home: Home;
  readonly server: ModelServer;
  /** Variables of this case, e.g. OPENCLAW_STATE_DIR; over the redirect to the loopback server. */
  readonly env?: Readonly<Record<string, string>>;
  /** `--profile NAME`. */
  readonly profile?: string;
}

/** The row as the page has it: of a release that is not tested by what it told, once `readRelease` asked it. */
export function lookupOf({ release }: Pick<Subject, "release">): EraLookup {
  const lookup = eraFor(release.version);
  return { ...lookup, era: readingOf(lookup, asInstalled(release))?.row ?? lookup.era };
}

/** Any command of the subject; at most five minutes unless said. */
export function ask(
  subject: Subject,
  args: readonly string[],
  options: { readonly input?: string; readonly timeoutMs?: number; readonly env?: object } = {},
): Promise<RunResult> {
  const { release, home, server, env, profile } = subject;
  const { env: more, ...rest } = options;
  return runOpenClaw(release, home, [...(profile ? ["--profile", profile] : []), ...args], {
    ...rest,
    env: { ...server.redirect, ...env, ...more },
  });
}

export type Validity =
  | { readonly verdict: "valid" }
  | { readonly verdict: "refused"; readonly detail: string }
  /** Releases before 2026.3 have no such command; `models status` refuses a config that is not valid. */
  | { readonly verdict: "no-such-command" };

/** `config validate --json`. */
export async function askValid(subject: Subject): Promise<Validity> {
  if (!lookupOf(subject).era.commands.configValidate) return { verdict: "no-such-command" };
  const run = await ask(subject, ["config", "validate", "--json"]);
  if (run.code === 0) return { verdict: "valid" };
  return { verdict: "refused", detail: words(run) };
}

const Status = z.object({
  auth: z.object({
    providers: z.array(
      z.object({ provider: z.string(), effective: z.object({ kind: z.string() }).optional() }),
    ),
    missingProvidersInUse: z.array(z.string()).default([]),
    oauth: z
      .object({
        profiles: z
          .array(z.object({ profileId: z.string(), type: z.string(), status: z.string() }))
          .default([]),
      })
      .optional(),
    modelRouteIssues: z.array(z.looseObject({})).default([]),
    runtimeAuthRoutes: z.array(z.looseObject({ status: z.string().optional() })).default([]),
  }),
});

export interface StatusView {
  /** OpenClaw could answer at all: a config that is not valid and an unmigrated store end it. */
  readonly answered: boolean;
  readonly detail: string;
  /** e.g. `openai:env`, `openai:profiles`, `openai:models.json`. */
  readonly sources: readonly string[];
  /** e.g. `openai:default/oauth/ok`. */
  readonly profiles: readonly string[];
  /** Providers in use without a credential. */
  readonly missing: readonly string[];
  /** Routes the release calls unusable, e.g. for want of the codex plugin. */
  readonly obstacles: number;
}

/** `models status --json`, for one agent where named. */
export async function askStatus(subject: Subject, agent?: string): Promise<StatusView> {
  const run = await ask(subject, [
    "models",
    "status",
    "--json",
    ...(agent ? ["--agent", agent] : []),
  ]);
  const parsed = Status.safeParse(jsonIn(run.stdout));
  if (run.code !== 0 || !parsed.success) {
    const detail = words(run);
    return { answered: false, detail, sources: [], profiles: [], missing: [], obstacles: 0 };
  }
  const { auth } = parsed.data;
  return {
    answered: true,
    detail: "",
    sources: auth.providers.map((entry) => `${entry.provider}:${entry.effective?.kind ?? "?"}`),
    profiles: (auth.oauth?.profiles ?? []).map((p) => `${p.profileId}/${p.type}/${p.status}`),
    missing: auth.missingProvidersInUse,
    obstacles:
      auth.modelRouteIssues.length +
      auth.runtimeAuthRoutes.filter((route) => route.status === "unavailable").length,
  };
}

export interface Turn {
  /** The reply came back through OpenClaw. */
  readonly replied: boolean;
  /** Bearers of the requests for a reply, each once, in order. */
  readonly bearers: readonly string[];
  /** Host and path of those requests, each once. */
  readonly asked: readonly string[];
  /** The models asked for. */
  readonly models: readonly string[];
  readonly ms: number;
  readonly detail: string;
}

/** `agent --local --message ping --json`, or the same through a gateway that runs: the only proof that counts. */
export async function takeTurn(
  subject: Subject,
  agent = "main",
  more: readonly string[] = [],
  by: "local" | "gateway" = "local",
): Promise<Turn> {
  const { server } = subject;
  server.forget();
  const way = by === "local" ? ["--local"] : [];
  const args = ["agent", ...way, "--agent", agent, "--message", "ping", "--json", ...more];
  // Against hanging, not a measure: on a busy machine 2026.4.15 took more than three minutes.
  const run = await ask(subject, args, { timeoutMs: 600_000 });
  const turns = server.turns();
  const replied = run.code === 0 && `${run.stdout}${run.stderr}`.includes(server.reply);
  return {
    replied,
    bearers: unique(turns.map((request) => request.bearer)),
    asked: unique(turns.map((request) => request.host + request.path)),
    models: unique(turns.map((request) => request.model)),
    ms: run.ms,
    detail: replied ? "" : words(run),
  };
}

/** The end of what it said, in one line. */
export function words(run: RunResult): string {
  const text = `${run.stdout}\n${run.stderr}`.trim() || `exit ${run.code}`;
  return (run.timedOut ? "out of time: " : "") + text.replace(/\s+/g, " ").slice(-600);
}

/** The JSON object in an output that may have log lines around it, such as "[secrets] …". */
export function jsonIn(text: string): unknown {
  for (const { index } of text.matchAll(/^\{/gmu)) {
    const end = text.lastIndexOf("}") + 1;
    try {
      return JSON.parse(text.slice(index, end));
    } catch {
      // A log line that begins like one.
    }
  }
  return undefined;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** Runs the installed OpenClaw: no shell, a time limit, an allow-listed environment, bounded output. */

import { spawn } from "node:child_process";
import { z } from "zod";
import type { Environment, InstalledOpenClaw, NodeRuntime } from "@/lib/openclaw/find-openclaw";

export interface OpenClawCall {
  readonly installed: InstalledOpenClaw;
  readonly node: NodeRuntime;
  readonly env: Environment;
  readonly profile: string | null;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
  readonly timedOut: boolean;
}

/** What OpenClaw itself reads; nothing else of this process reaches it. */
const PASSED =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|LANG|LC_\w+|TZ|TERM|XDG_\w+|OPENCLAW_\w+|CLAWDBOT_\w+|CODEX_HOME|OPENAI_\w+|https?_proxy|HTTPS?_PROXY|NO_PROXY|no_proxy|ALL_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|SystemRoot|APPDATA|LOCALAPPDATA|USERPROFILE)$/u;
const MOST_OUTPUT = 4 * 1024 * 1024;

/** Resolves always; a program that cannot be started answers with code null and the system's words. */
export function runOpenClaw(
  call: OpenClawCall,
  args: readonly string[],
  timeoutMs: number,
): Promise<Answer> {
  const all = [...(call.profile ? ["--profile", call.profile] : []), ...args];
  const { kind, path } = call.installed.entry;
  const [command, argv] = kind === "node" ? [call.node.path, [path, ...all]] : [path, all];
  const env = Object.fromEntries(Object.entries(call.env).filter(([name]) => PASSED.test(name)));
  return new Promise((resolve) => {
    const started = Date.now();
    // A group of its own, so that what it starts ends with it.
    const child = spawn(command, argv, {
      env: { ...env, NO_COLOR: "1" } as unknown as NodeJS.ProcessEnv,
      cwd: call.cwd,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr, timedOut] = ["", "", false];
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended already.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, timeoutMs);
    call.signal.addEventListener("abort", end, { once: true });
    child.stdout.on("data", (chunk: Buffer) => {
      if (stdout.length < MOST_OUTPUT) stdout += chunk.toString("utf8");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (stderr.length < MOST_OUTPUT) stderr += chunk.toString("utf8");
    });
    const finish = (code: number | null, more = "") => {
      clearTimeout(timer);
      call.signal.removeEventListener("abort", end);
      resolve({
        code,
        stdout,
        stderr: stderr + more,
        milliseconds: Date.now() - started,
        timedOut,
      });
    };
    child.once("error", (error) => finish(null, error.message));
    child.once("close", (code) => finish(code));
  });
}

/** The JSON document in an output that may have log lines around it; null where there is none. */
export function jsonIn(output: string): unknown {
  const text = output.trim();
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("\n{", at) + 1 || -1) {
    for (let end = text.lastIndexOf("}"); end > at; end = text.lastIndexOf("\n}", end - 1)) {
      const closing = text[end] === "}" ? end : end + 1;
      try {
        return JSON.parse(text.slice(at, closing + 1));
      } catch {
        if (end <= 0) break;
      }
    }
    if (text.indexOf("\n{", at) < 0) break;
  }
  return null;
}

export const ValidateOutput = z.looseObject({ valid: z.boolean() });

export const StatusOutput = z.looseObject({
  defaultModel: z.string().nullish(),
  resolvedDefault: z.string().nullish(),
  auth: z
    .looseObject({
      missingProvidersInUse: z.array(z.string()).catch([]),
      providers: z
        .array(
          z.looseObject({
            provider: z.string(),
            effective: z
              .looseObject({ kind: z.string().nullish(), detail: z.string().nullish() })
              .nullish(),
          }),
        )
        .catch([]),
    })
    .nullish(),
});

export const AgentOutput = z.looseObject({
  payloads: z.array(z.looseObject({ text: z.string().nullish() })).catch([]),
  meta: z
    .looseObject({
      durationMs: z.number().nullish(),
      agentMeta: z
        .looseObject({ provider: z.string().nullish(), model: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});

/** The page's rehearsal on real releases: what it says must be what a release sends, and it must leave nothing behind. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import type { Choices } from "@/lib/setup/choices";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan } from "@/lib/setup/types";
import { type ChosenCredential, rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import { runProcess } from "@/lib/system/run-process";
import type { Case } from "./case";
import { fakeLogin } from "./fake-login";
import { cacheRoot } from "./install";
import type { Subject } from "./judge";
import { choicesFor, closedEnvironment, describedModel, KEY, look, planned } from "./setup";
import { judge } from "./verdict";

/** A rehearsal of what `choose` gives; fails where it touches a file of the person's or leaves something. */
export async function rehearsed(
  subject: Subject,
  choose: (snapshot: Snapshot) => Choices,
): Promise<{ readonly plan: Plan; readonly saw: Rehearsal; readonly cpu: number }> {
  const snapshot = await look(subject);
  const choices = choose(snapshot);
  const plan = planned(snapshot, choices);
  const chosen: ChosenCredential =
    choices.auth === "chatgpt"
      ? { kind: "login", secret: choices.login.accessToken }
      : { kind: "key", secret: choices.apiKey };
  const before = digestOf(subject.home.dir);
  const cpuBefore = childSeconds();
  const saw = await rehearse(
    plan,
    chosen,
    closedEnvironment(subject),
    new AbortController().signal,
  );
  judge(digestOf(subject.home.dir) === before, "a file of the person's was changed");
  // Those of other cases, which run beside this one, end by themselves.
  const [folders, processes] = [leftFolders(), runningNow()];
  const goes = async (isGone: () => boolean) => {
    for (let tries = 0; !isGone() && tries < 1200; tries++) await setTimeout(500);
    return isGone();
  };
  const isAway = await goes(() => leftFolders().every((name) => !folders.includes(name)));
  judge(isAway, `left behind: ${folders}`);
  judge(
    await goes(() => runningNow().every((pid) => !processes.includes(pid))),
    "a process goes on",
  );
  return { plan, saw, cpu: Math.round(childSeconds() - cpuBefore) };
}

/** Choices with a made-up ChatGPT login. */
export function withLogin(snapshot: Snapshot): Choices {
  const {
    access: accessToken,
    refresh: refreshToken,
    accountId,
    email,
    expires,
  } = fakeLogin("own");
  return {
    ...choicesFor(snapshot),
    auth: "chatgpt",
    apiKey: null,
    model: snapshot.era.defaultModel.chatgpt,
    login: { accessToken, refreshToken, accountId, email, expiresAt: expires },
  };
}

const keyRehearsal: Case = {
  group: "rehearsal",
  name: "key rehearsed",
  async run(subject) {
    const { cpu, ...seen } = await rehearsed(subject, choicesFor);
    const saw = asRehearsed(seen.saw);
    judge(saw.host === "api.openai.com" && saw.path === "/v1/responses", `${saw.host}${saw.path}`);
    judge(saw.credential === "key", saw.credential);
    return `${saw.model}, ${saw.seconds} s, processor ${cpu} s`;
  },
};

const loginRehearsal: Case = {
  group: "rehearsal",
  name: "login rehearsed",
  async run(subject) {
    const { cpu, ...seen } = await rehearsed(subject, withLogin);
    const saw = asRehearsed(seen.saw);
    const asked = `${saw.host}${saw.path}`;
    judge(asked === "chatgpt.com/backend-api/codex/responses", asked);
    judge(saw.credential === "login", saw.credential);
    return `${saw.model}, ${saw.seconds} s, processor ${cpu} s`;
  },
};

/** The same choices with every repair declined, so that what stands in the way stays there. */
function unmended(change: (snapshot: Snapshot) => Choices) {
  return (snapshot: Snapshot): Choices => {
    const choices = change(snapshot);
    const declined = planned(snapshot, choices).repairs.map(({ id }) => id);
    return { ...choices, declined };
  };
}

/** A key of the person's own that is none of the chosen one. */
const OTHER_KEY = "sk-proj-otherkey9zzzz8yyyy7xxxx6wwww5vvvv4";

interface Wrong {
  readonly name: string;
  readonly kind: Rehearsal["kind"];
  /** In what it says. */
  readonly says: string;
  readonly config?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly choose?: (snapshot: Snapshot) => Choices;
  /** Otherwise every release is asked. */
  readonly applies?: (era: ReleaseEra) => boolean;
}

/** A proxy that describes its models, as a program on this machine wants it. */
const LOCAL_PROXY = {
  baseUrl: "http://127.0.0.1:41999/v1",
  models: [describedModel("openai/gpt-5.5"), describedModel("openai/gpt-5.2")],
};

const WRONG: readonly Wrong[] = [
  {
    name: "a key of the environment wins",
    kind: "other-credential",
    says: "OPENAI_API_KEY",
    env: { OPENAI_API_KEY: OTHER_KEY },
  },
  {
    name: "a proxy has OpenAI's name",
    kind: "other-host",
    says: "models.example.net:443",
    config: {
      models: { providers: { openai: { baseUrl: "https://models.example.net/v1", models: [] } } },
    },
  },
  {
    name: "a proxy of this machine has OpenAI's name",
    kind: "other-host",
    says: "127.0.0.1:41999",
    config: {
      models: { providers: { openai: { ...LOCAL_PROXY, api: "openai-responses" } } },
    },
  },
  {
    name: "an unknown model",
    kind: "unknown-model",
    says: "gpt-0-none",
    choose: (snapshot) => choicesFor(snapshot, { model: "openai/gpt-0-none" }),
  },
  {
    name: "no runtime",
    kind: "no-runtime",
    says: "codex",
    // Without it the releases of today fall back to their own runtime, as was seen at the relay.
    config: { models: { providers: { openai: { agentRuntime: { id: "codex" } } } } },
    applies: ({ runtimePin }) => runtimePin !== null,
  },
];

function wrongCase(wrong: Wrong): Case {
  return {
    group: "rehearsal",
    name: `rehearsal: ${wrong.name}`,
    async run(subject) {
      const { home, env } = subject;
      if (wrong.config) await home.write(".openclaw/openclaw.json", wrong.config);
      const { saw } = await rehearsed(
        { ...subject, env: { ...env, ...wrong.env } },
        unmended(wrong.choose ?? choicesFor),
      );
      judge(saw.kind === wrong.kind, JSON.stringify(saw));
      const words = JSON.stringify(saw);
      judge(words.includes(wrong.says), words);
      judge(!words.includes(KEY) && !words.includes(OTHER_KEY), "it holds a key");
      return wrong.kind;
    },
  };
}

/** Without `api` 2026.2.9 leaves such an entry out and asks OpenAI, in a turn without a rehearsal too. */
const overlookedProxy: Case = {
  group: "rehearsal",
  name: "rehearsal: a proxy whose entry does not say its api",
  async run(subject) {
    const config = { models: { providers: { openai: LOCAL_PROXY } } };
    await subject.home.write(".openclaw/openclaw.json", config);
    const { saw } = await rehearsed(subject, unmended(choicesFor));
    if (subject.release.version === "2026.2.9") {
      judge(asRehearsed(saw).host === "api.openai.com", JSON.stringify(saw));
    } else {
      judge(saw.kind === "other-host" && saw.host === "127.0.0.1:41999", JSON.stringify(saw));
    }
    return saw.kind;
  },
};

/** Releases with logins in a file: an order that the person gave prefers a profile that is none of the chosen key. */
const preferredProfile: Case = {
  group: "rehearsal",
  name: "rehearsal: an order prefers another profile",
  async run(subject) {
    const id = "openai:work";
    const other = { type: "api_key", provider: "openai", key: OTHER_KEY };
    await subject.home.write(".openclaw/agents/main/agent/auth-profiles.json", {
      version: 1,
      profiles: { [id]: other },
    });
    await subject.home.write(".openclaw/openclaw.json", {
      auth: {
        profiles: { [id]: { provider: "openai", mode: "api_key" } },
        order: { openai: [id] },
      },
    });
    const { saw } = await rehearsed(subject, unmended(choicesFor));
    if (saw.kind !== "other-credential") return judge(false, JSON.stringify(saw));
    judge(JSON.stringify(saw.origins).includes(id), JSON.stringify(saw));
    return saw.kind;
  },
};

/** The same once more where no packet can leave: what is asked for cannot have been answered by anybody else. */
const withoutNetwork: Case = {
  group: "rehearsal",
  name: "key and login rehearsed without any way out",
  async run({ release }) {
    const own = ["unshare", "-n", "sh", "-c"];
    const [command = "", ...args] = own;
    const possible = spawnSync(command, [...args, "ip link set lo up"]);
    if (possible.status !== 0) return "skipped: no network namespace can be made here";
    const script = `ip link set lo up && exec "$0" "$@"`;
    const only = "--only=key rehearsed,login rehearsed";
    const program = [process.execPath, process.argv[1] ?? "", release.version, only, "--jobs=1"];
    const run = await runProcess(command, [...args, script, ...program], {
      env: {
        PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
        OPENCLAW_SETUP_CACHE: cacheRoot(),
        HOME: "/nonexistent",
      },
      cwd: process.cwd(),
      timeoutMs: 20 * 60_000,
    });
    judge(run.code === 0, run.stdout.slice(-600));
    const seen = run.stdout.match(/gpt-\S+, \d+ s, processor \d+ s/gu) ?? [];
    return `nothing but loopback was there: ${seen.join("; ")}`;
  },
};

/** Made for every release; what each case needs is in its row. */
export function rehearsals(era: ReleaseEra): Case[] {
  return [
    keyRehearsal,
    loginRehearsal,
    withoutNetwork,
    ...WRONG.filter(({ applies }) => applies?.(era) ?? true).map(wrongCase),
    overlookedProxy,
    ...(era.keyForms.includes("auth-profiles-json") ? [preferredProfile] : []),
  ];
}

function asRehearsed(saw: Rehearsal): Extract<Rehearsal, { kind: "rehearsed" }> {
  return saw.kind === "rehearsed" ? saw : judge(false, JSON.stringify(saw));
}

/** Names and bytes of every file below. */
function digestOf(directory: string): string {
  const hash = createHash("sha256");
  const visit = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name);
      hash.update(`${path.relative(directory, file)}\n`);
      if (entry.isDirectory()) visit(file);
      else if (entry.isSymbolicLink()) hash.update(readlinkSync(file));
      else hash.update(readFileSync(file));
    }
  };
  visit(directory);
  return hash.digest("hex");
}

function leftFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.includes(`-check-${process.pid}-`));
}

/** Processes that were started with a private folder of ours in their environment; none where the system does not tell. */
function runningNow(): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`-check-${process.pid}-`);
    } catch {
      return false;
    }
  });
}

/** Processor seconds of all children that have ended (proc_pid_stat(5), fields 16 and 17); exact with --jobs=1. */
function childSeconds(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

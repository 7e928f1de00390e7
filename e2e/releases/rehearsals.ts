/** The page's rehearsal on real releases: what it says must be what a release sends, and it must leave nothing behind. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Choices, Plan, Snapshot } from "@/lib/setup/types";
import { type ChosenCredential, rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import type { Case } from "./cases";
import { fakeLogin } from "./fake-login";
import type { Subject } from "./judge";
import { choicesFor, closedEnvironment, look, planned } from "./setup";
import { judge } from "./verdict";

/** A rehearsal of what `choose` gives; fails where it touches a file of the person's or leaves something. */
export async function rehearsed(
  subject: Subject,
  choose: (snapshot: Snapshot) => Choices,
): Promise<{ readonly plan: Plan; readonly saw: Rehearsal }> {
  const snapshot = await look(subject);
  const choices = choose(snapshot);
  const plan = planned(snapshot, choices);
  const chosen: ChosenCredential =
    choices.auth === "chatgpt"
      ? { kind: "login", secret: choices.login.accessToken }
      : { kind: "key", secret: choices.apiKey };
  const before = digestOf(subject.home.dir);
  const saw = await rehearse(
    plan,
    chosen,
    closedEnvironment(subject),
    new AbortController().signal,
  );
  judge(digestOf(subject.home.dir) === before, "a file of the person's was changed");
  const left = (await readdir(tmpdir())).filter((name) => name.includes(`-check-${process.pid}-`));
  judge(left.length === 0, `left behind: ${left}`);
  judge(!isRunning("openclaw-setup-check-"), "a process goes on");
  return { plan, saw };
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
  name: "rehearsal, key",
  async run(subject) {
    const saw = asRehearsed((await rehearsed(subject, choicesFor)).saw);
    judge(saw.host === "api.openai.com" && saw.path === "/v1/responses", `${saw.host}${saw.path}`);
    judge(saw.credential === "key", saw.credential);
    return `${saw.model}, ${saw.seconds} s`;
  },
};

const loginRehearsal: Case = {
  group: "rehearsal",
  name: "rehearsal, login",
  async run(subject) {
    const saw = asRehearsed((await rehearsed(subject, withLogin)).saw);
    const asked = `${saw.host}${saw.path}`;
    judge(asked === "chatgpt.com/backend-api/codex/responses", asked);
    judge(saw.credential === "login", saw.credential);
    return `${saw.model}, ${saw.seconds} s`;
  },
};

export const REHEARSALS: readonly Case[] = [keyRehearsal, loginRehearsal];

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

/** Whether a process was started with this in its environment; none where the system does not tell. */
function isRunning(mark: string): boolean {
  const numbers = readdirSync("/proc").filter((name) => /^\d+$/u.test(name));
  return numbers.some((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      return environment.includes(`${mark}${process.pid}-`);
    } catch {
      return false;
    }
  });
}

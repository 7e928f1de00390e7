/** What OpenClaw has stored itself, before the new one is written: the new one must be the one that is used. */
import type { CredentialRules } from "@/lib/openclaw/releases/facts";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import { planSetup } from "@/lib/setup/plan/plan";
import { undoWrite } from "@/lib/setup/write/write";
import type { Case } from "./case";
import { askStatus, lookupOf, type Subject, takeTurn } from "./judge";
import { giveLogin } from "./logins";
import { proveKey } from "./prove";
import { runOpenClaw } from "./run";
import { choicesFor, KEY, look, setUp, writeAsPage } from "./setup";
import { judge } from "./verdict";

export const OLD_KEY = "sk-proj-before0aaaa1bbbb2cccc3dddd4eeee5ffff";
export const PROFILE = { type: "api_key", provider: "openai", key: OLD_KEY };

/** Below the home. */
export const PROFILES_FILE = profilesFileOf("main");

export function profilesFileOf(agent: string): string {
  return `.openclaw/agents/${agent}/agent/auth-profiles.json`;
}

/** As older releases have it in their file, under its usual name. */
export async function storeProfile(
  { home }: Subject,
  profile: object,
  agent = "main",
): Promise<void> {
  const store = { version: 1, profiles: { "openai:default": profile } };
  await home.write(profilesFileOf(agent), store);
}

/** As newer releases store it by their own command. */
export async function pasteOldKey({ home, release }: Subject, agent = "main"): Promise<void> {
  const whose = agent === "main" ? [] : ["--agent", agent];
  const paste = ["models", "auth", ...whose, "paste-api-key", "--provider", "openai"];
  const pasted = await runOpenClaw(release, home, paste, { input: OLD_KEY });
  judge(pasted.code === 0, `not stored: ${pasted.stderr}`);
}

/** In the file of the older releases, which the newest stop at; and in the store of the newer ones. */
export function storedKeys({ profilesJson, profileReferences }: CredentialRules): readonly Case[] {
  const isFile = profilesJson === "used";
  return [
    ...STORED_KEYS,
    ...(isFile ? [COOLING_DOWN] : []),
    ...(isFile && profileReferences ? [REFERENCE] : []),
  ];
}

const STORED_KEYS: readonly Case[] = [
  {
    group: "key",
    name: "before a key in auth-profiles.json",
    async run(subject) {
      await storeProfile(subject, PROFILE);
      const { era } = lookupOf(subject);
      const refused = era.refusedKeyForms.find(({ form }) => form === "auth-profiles-json");
      if (refused?.why === "needs-doctor") {
        const before = await askStatus(subject);
        judge(!before.answered, "it does not stop at the file");
      }
      return writeAndProve(subject);
    },
  },
  {
    group: "key",
    name: "before a key in OpenClaw's own store",
    async run(subject) {
      const { era } = lookupOf(subject);
      if (!era.commands.pasteApiKey) return "this release has no such command";
      await setUp(subject, { apiKey: OLD_KEY });
      await pasteOldKey(subject);
      return writeAndProve(subject);
    },
  },
  {
    group: "key",
    name: "before a ChatGPT login",
    async run(subject) {
      await giveLogin(subject, "first");
      return writeAndProve(subject);
    },
  },
];

/** The cooldown that the old key was given after its refusal does not apply to the new one. */
const COOLING_DOWN: Case = {
  group: "key",
  name: "after a stored key that was refused",
  async run(subject) {
    await storeProfile(subject, PROFILE);
    const first = await setUp(subject, { declined: ["second-key-profile"] });
    judge(
      first.repairs.some(({ kind }) => kind === "second-key-profile"),
      "it was not found",
    );
    subject.server.refuse(OLD_KEY, 429);
    const refused = await takeTurn(subject);
    judge(`${refused.bearers}`.includes(OLD_KEY), "the old key was not asked with");
    await writeAsPage(subject);
    return proveKey(subject);
  },
};

const REFERENCE: Case = {
  group: "key",
  name: "before a stored reference to another variable",
  async run(subject) {
    const keyRef = { source: "env", provider: "default", id: "OTHER_KEY" };
    const profile = { type: "api_key", provider: "openai", keyRef };
    await storeProfile(subject, profile);
    await subject.home.write(".openclaw/.env", `OTHER_KEY=${OLD_KEY}\n`);
    return writeAndProve(subject);
  },
};

export async function writeAndProve(subject: Subject, agent = "main"): Promise<string> {
  const { plan, written } = await writeAsPage(subject);
  const proof = await proveKey(subject, undefined, agent);
  const again = await look(subject);
  const second = planSetup(again, choicesFor(again));
  judge(second.ok && second.value.files.length === 0, "a second plan would change something again");
  judge(second.ok && storeFiles(second.value).length === 0, "a second plan would hand over again");
  const undone = await undoWrite(written);
  judge(undone.ok, `not undone: ${JSON.stringify(undone)}`);
  const turn = await takeTurn(subject, agent);
  judge(!turn.bearers.includes(KEY), "after Undo the new key is still used");
  return `${proof}; repairs: ${plan.repairs.map(({ kind }) => kind).join(", ")}`;
}

/** Agents with keys and logins of their own, which go before those of `main`. */
import type { CredentialRules } from "@/lib/openclaw/releases/facts";
import type { Case } from "./case";
import { authProfilesJson, fakeLogin } from "./fake-login";
import { lookupOf, type Subject } from "./judge";
import { giveLogin, proveLogin, proveSecondLogin } from "./logins";
import { PROFILE, pasteOldKey, profilesFileOf, storeProfile, writeAndProve } from "./stored-keys";
import { judge } from "./verdict";

export function agentStores({ profilesJson }: CredentialRules): readonly Case[] {
  const isFile = profilesJson === "used";
  return [COPIED_LOGIN, ownKey(isFile), ...(isFile ? [OWN_LOGIN] : [OLDER_FILE])];
}

/** Up to 2026.3.13 an agent's first turn copies the store of `main`. */
const COPIED_LOGIN: Case = {
  group: "place",
  name: "an agent with a copy of an older login",
  async run(subject) {
    await withAgents(subject, [{ id: "main", default: true }, { id: "ops" }]);
    const { login } = await giveLogin(subject, "first");
    await proveLogin(subject, login, { agent: "ops" });
    return proveSecondLogin(subject, login, "ops");
  },
};

function ownKey(isFile: boolean): Case {
  return {
    group: "place",
    name: "the agent that answers has a key of its own",
    short: isFile,
    async run(subject) {
      await withAgents(subject, [{ id: "home" }]);
      if (isFile) await storeProfile(subject, PROFILE, "home");
      else if (lookupOf(subject).era.commands.pasteApiKey) await pasteOldKey(subject, "home");
      else return "this release has no such command";
      return writeAndProve(subject, "home");
    },
  };
}

function withAgents({ home }: Subject, list: readonly object[]): Promise<string> {
  return home.write(".openclaw/openclaw.json", { agents: { list } });
}

const OWN_LOGIN: Case = {
  group: "place",
  name: "the agent that answers has a login of its own",
  async run(subject) {
    await withAgents(subject, [{ id: "home" }]);
    const { login: route } = lookupOf(subject).era;
    if (route.kind !== "auth-profiles-json") return judge(false, "it has no such file");
    const { provider } = route;
    const older = authProfilesJson(provider, `${provider}:older`, fakeLogin("older"));
    await subject.home.write(profilesFileOf("home"), older);
    const { login } = await giveLogin(subject, "first");
    return proveLogin(subject, login, { agent: "home" });
  },
};

/** An older release left a file that the newest ones stop at, beside an agent other than `main`. */
const OLDER_FILE: Case = {
  group: "place",
  name: "another agent has a file of an older release",
  async run(subject) {
    await withAgents(subject, [{ id: "main", default: true }, { id: "ops" }]);
    await storeProfile(subject, PROFILE, "ops");
    return writeAndProve(subject, "ops");
  },
};

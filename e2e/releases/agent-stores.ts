/** Agents with keys and logins of their own, which go before those of `main`. */
import type { CredentialRules } from "@/lib/openclaw/credentials-precedence";
import type { Case } from "./cases";
import { lookupOf, type Subject } from "./judge";
import { giveLogin, proveLogin, proveSecondLogin } from "./logins";
import { PROFILE, pasteOldKey, storeProfile, writeAndProve } from "./stored-keys";

export function agentStores({ profilesJson }: CredentialRules): readonly Case[] {
  return [COPIED_LOGIN, ownKey(profilesJson === "used")];
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

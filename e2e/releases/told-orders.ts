/** An order of profiles that the person gave to OpenClaw by its own command, which goes before that of the config. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import type { Case } from "./case";
import { authProfilesJson, fakeLogin } from "./fake-login";
import type { Subject } from "./judge";
import { giveLogin, proveBackup, proveLogin, proveSecondLogin } from "./logins";
import { runOpenClaw } from "./run";
import { KEY } from "./setup";
import { PROFILE, PROFILES_FILE, storeProfile, writeAndProve } from "./stored-keys";
import { judge } from "./verdict";

export function toldOrders({ login, backup }: ReleaseEra): readonly Case[] {
  return [
    ...TOLD_ORDERS,
    ...(login.kind === "auth-profiles-json" ? [otherLoginCase(login.provider)] : []),
    ...(backup === "model" ? [OTHER_KEY, OTHER_KEY_TOLD] : []),
  ];
}

/** The order names a login beside which the new one has a name that is not in it. */
function otherLoginCase(provider: string): Case {
  return {
    group: "login",
    name: "beside another login in an order told to OpenClaw",
    async run(subject) {
      const other = `${provider}:work`;
      await subject.home.write(
        PROFILES_FILE,
        authProfilesJson(provider, other, fakeLogin("other")),
      );
      await tell(subject, provider, other);
      const { login } = await giveLogin(subject, "first");
      return proveLogin(subject, login);
    },
  };
}

const OTHER_KEY: Case = {
  group: "login",
  name: "the key behind it goes before one that is stored",
  async run(subject) {
    await storeProfile(subject, PROFILE);
    const { login } = await giveLogin(subject, "first", { apiKey: KEY });
    const turn = await proveBackup(subject, login);
    return `${turn.ms} ms`;
  },
};

/** The order of keys stands beside the file from 2026.4.14 on. */
const OTHER_KEY_TOLD: Case = {
  group: "login",
  name: "the key behind it goes before one in an order told to OpenClaw",
  async run(subject) {
    await storeProfile(subject, PROFILE);
    await tell(subject, "openai", "openai:default");
    const { login } = await giveLogin(subject, "first", { apiKey: KEY });
    const turn = await proveBackup(subject, login);
    return `${turn.ms} ms`;
  },
};

const TOLD_ORDERS: readonly Case[] = [
  {
    group: "login",
    name: "a second login beside an order told to OpenClaw",
    async run(subject) {
      const { login, plan } = await giveLogin(subject, "first");
      await tell(subject, plan.handOver?.provider, plan.handOver?.profileId);
      return proveSecondLogin(subject, login);
    },
  },
  {
    group: "key",
    name: "before a login in an order told to OpenClaw",
    async run(subject) {
      const { plan } = await giveLogin(subject, "first");
      await tell(subject, plan.handOver?.provider, plan.handOver?.profileId);
      return writeAndProve(subject);
    },
  },
];

async function tell({ release, home }: Subject, provider = "", profile = ""): Promise<void> {
  judge(OPENAI_PROVIDERS.includes(provider), "nothing was handed over");
  const whose = ["--provider", provider, "--agent", "main"];
  const order = ["models", "auth", "order", "set", ...whose, profile];
  const told = await runOpenClaw(release, home, order);
  judge(told.code === 0, `no order: ${told.stderr}`);
}

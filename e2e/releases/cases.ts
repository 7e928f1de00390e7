/** Everything that is asked of a release, as a list of cases in groups. */

import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { KeyForm, RefusedBecause } from "@/lib/openclaw/releases/facts";
import { compareReleases, ERAS } from "@/lib/openclaw/releases/table";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { prepare } from "@/lib/setup/verify/verify";
import { agentStores } from "./agent-stores";
import type { Case } from "./case";
import { CODEX_PLUGIN, PLUGIN_SINCE } from "./codex-plugin";
import { COMMAND_LINE } from "./command-line";
import { containerCase } from "./container";
import { EXPORTS } from "./exports";
import { startGateway } from "./gateway";
import { lookupOf, type Subject, takeTurn } from "./judge";
import { launches } from "./launches";
import { furnish, livedIn } from "./lived-in";
import { giveLogin, proveBackup, proveLogin, proveSecondLogin } from "./logins";
import { otherApis } from "./other-apis";
import { printedCommandsCase } from "./printed-commands";
import { proveKey } from "./prove";
import { rawConfig, tryForm } from "./raw";
import { refusedTurns } from "./refused-turns";
import { REGIONS } from "./regions";
import { rehearsals } from "./rehearsals";
import { KEY, pageEnvironment, setUp } from "./setup";
import { shutOffs } from "./shut-off";
import { storedKeys } from "./stored-keys";
import { TOLD_MODELS } from "./told-models";
import { toldOrders } from "./told-orders";
import { judge } from "./verdict";

/** The cases of one release, by what its row of the table says. */
export function casesOf(subject: Pick<Subject, "release">): Case[] {
  const { era } = lookupOf(subject);
  const refused = era.refusedKeyForms.map(({ form, why }) => refusedCase(form, why));
  const fileForms = keyFormSchema.options.filter((form) => era.keyForms.includes(form));
  const commandForms = era.keyForms.filter((form) => !keyFormSchema.safeParse(form).success);
  return [
    ...fileForms.map(keyCase),
    ...fileForms.filter((form) => form !== era.keyForms[0]).map(livedInKeyCase),
    ...commandForms.map(rawKeyCase),
    ...refused,
    ...era.models.filter(({ for: who }) => who !== "chatgpt").map(({ ref }) => modelCase(ref)),
    ...Object.entries(era.retiredModels).map(([ref, to]) => retiredCase(ref, to)),
    ...TOLD_MODELS,
    ...livedIn(era),
    ...otherApis(era),
    ...REGIONS,
    ...shutOffs(era),
    ...(compareReleases(era.since, PLUGIN_SINCE) >= 0 ? CODEX_PLUGIN : []),
    ...storedKeys(era.credentials),
    ...agentStores(era.credentials),
    ...toldOrders(era),
    ...refusedTurns,
    ...COMMAND_LINE,
    loginCase,
    secondLoginCase,
    loginAfterRefusedCase,
    ...era.models
      .filter(({ ref, for: who }) => who !== "apiKey" && ref !== era.defaultModel.chatgpt)
      .map(({ ref }) => loginModelCase(ref)),
    ...loginPlaces,
    livedInLoginCase,
    ...backupCases,
    ...PLACES,
    // Older ones write their defaults into the file, and check less.
    ...(era.since === ERAS.at(-1)?.since ? [printedCommandsCase] : []),
    gatewayCase,
    gatewayRefusesCase,
    // Older ones ask OpenAI itself, whatever OPENAI_BASE_URL says.
    ...(era.followsBaseUrlVariable ? launches : []),
    ...rehearsals(era),
    ...EXPORTS,
    ...(era === ERAS.at(-1) ? [containerCase] : []),
  ];
}

function keyCase(form: KeyForm): Case {
  const parsed = keyFormSchema.parse(form);
  return {
    group: "key",
    name: form,
    short: form === "dotenv",
    async run(subject) {
      const plan = await setUp(subject, { keyForm: parsed });
      judge(plan.keyForm === form, `the plan takes ${plan.keyForm}`);
      return proveKey(subject);
    },
  };
}

/** Into the household's config as well; the recommended form is among the lived-in cases. */
function livedInKeyCase(form: KeyForm): Case {
  const parsed = keyFormSchema.parse(form);
  return {
    group: "key",
    name: `${form}, lived-in`,
    async run(subject) {
      await furnish(subject, "household");
      const plan = await setUp(subject, { keyForm: parsed });
      judge(plan.keyForm === form, `the plan takes ${plan.keyForm}`);
      return proveKey(subject);
    },
  };
}

function rawKeyCase(form: KeyForm): Case {
  return {
    group: "key",
    name: form,
    async run(subject) {
      const verdict = await tryForm(subject, form);
      judge(verdict === "accepted", `measured: ${verdict}`);
      return verdict;
    },
  };
}

/** Not offered, and really refused for the reason that the table gives. */
function refusedCase(form: KeyForm, why: RefusedBecause): Case {
  return {
    group: "refused",
    name: form,
    async run(subject) {
      const parsed = keyFormSchema.safeParse(form);
      if (parsed.success) {
        const plan = await setUp(subject, { keyForm: parsed.data });
        judge(!plan.keyForms.includes(parsed.data) && plan.keyForm !== form, "the plan offers it");
      }
      const verdict = await tryForm(subject, form);
      judge(verdict === why, `measured: ${verdict}, table: ${why}`);
      return verdict;
    },
  };
}

function modelCase(ref: string): Case {
  return {
    group: "model",
    name: ref,
    async run(subject) {
      await setUp(subject, { model: ref });
      return proveKey(subject, ref);
    },
  };
}

/** A config of the retired reference gives no reply; the plan for it does, with its successor. */
function retiredCase(ref: string, to: string): Case {
  return {
    group: "model",
    name: `${ref}, retired`,
    async run(subject) {
      const { era } = lookupOf(subject);
      await subject.home.write(".openclaw/openclaw.json", rawConfig(era, ref));
      await subject.home.write(".openclaw/.env", `OPENAI_API_KEY=${KEY}\n`);
      const before = await takeTurn(subject);
      judge(!before.replied, "it still works");
      judge(
        era.models.some((model) => model.ref === to),
        "its successor is not known",
      );
      await setUp(subject);
      return proveKey(subject);
    },
  };
}

const loginCase: Case = {
  group: "login",
  name: "ChatGPT login alone",
  short: true,
  async run(subject) {
    const { login } = await giveLogin(subject, "first");
    return proveLogin(subject, login);
  },
};

const secondLoginCase: Case = {
  group: "login",
  name: "a second login, and back",
  async run(subject) {
    const { login } = await giveLogin(subject, "first");
    return proveSecondLogin(subject, login);
  },
};

/** What became of the one before, such as a cooldown, is not held against it. */
const loginAfterRefusedCase: Case = {
  group: "login",
  name: "after a login that was refused",
  async run(subject) {
    const { login: first } = await giveLogin(subject, "first");
    subject.server.refuse(first.access, 429);
    const refused = await takeTurn(subject);
    judge(!refused.replied && `${refused.bearers}`.includes(first.access), "it was not refused");
    const { login } = await giveLogin(subject, "second");
    return proveLogin(subject, login);
  },
};

function loginModelCase(ref: string): Case {
  return {
    group: "login",
    name: `ChatGPT login, ${ref}`,
    async run(subject) {
      const { login } = await giveLogin(subject, "first", { model: ref });
      return proveLogin(subject, login, { model: ref });
    },
  };
}

const livedInLoginCase: Case = {
  group: "login",
  name: "login first, key as backup, lived-in",
  async run(subject) {
    await furnish(subject, "household");
    const { login } = await giveLogin(subject, "first", { apiKey: KEY });
    return proveLogin(subject, login);
  },
};

const loginPlaces: readonly Case[] = [
  {
    group: "login",
    name: "an agent other than main",
    async run(subject) {
      const agents = { list: [{ id: "main", default: true }, { id: "ops" }] };
      await subject.home.write(".openclaw/openclaw.json", { agents });
      const { login } = await giveLogin(subject, "first");
      return proveLogin(subject, login, { agent: "ops" });
    },
  },
  {
    group: "login",
    name: "no agent called main",
    async run(subject) {
      const agents = { list: [{ id: "home", default: true }, { id: "ops" }] };
      await subject.home.write(".openclaw/openclaw.json", { agents });
      const { login } = await giveLogin(subject, "first");
      await proveLogin(subject, login, { agent: "home" });
      return proveLogin(subject, login, { agent: "ops" });
    },
  },
  {
    group: "login",
    name: "--profile work",
    async run(subject) {
      const moved = { ...subject, profile: "work" };
      const { login } = await giveLogin(moved, "first");
      return proveLogin(moved, login);
    },
  },
  {
    group: "login",
    name: "OPENCLAW_STATE_DIR and OPENCLAW_CONFIG_PATH",
    async run(subject) {
      const state = path.join(subject.home.dir, "moved state");
      await mkdir(state);
      const file = await subject.home.write("elsewhere/my.json5", "// mine\n{}\n");
      const env = { OPENCLAW_STATE_DIR: state, OPENCLAW_CONFIG_PATH: file };
      const { login } = await giveLogin({ ...subject, env }, "first");
      return proveLogin({ ...subject, env }, login);
    },
  },
];

/** Login and key, the login first; and what answers when ChatGPT refuses the login. */
const backupCases: readonly Case[] = [
  {
    group: "login",
    name: "login first, key as backup",
    async run(subject) {
      const { login } = await giveLogin(subject, "first", { apiKey: KEY });
      return proveLogin(subject, login);
    },
  },
  ...[429, 401].map(
    (status): Case => ({
      group: "login",
      name: `the key answers where the login gets ${status}`,
      async run(subject) {
        const { login } = await giveLogin(subject, "first", { apiKey: KEY });
        const turn = await proveBackup(subject, login, status);
        // A key is worth nothing at ChatGPT.
        const ways = "chatgpt.com/backend-api/codex/responses,api.openai.com/v1/responses";
        judge(`${turn.asked}` === ways, `asked ${turn.asked}`);
        return `${turn.ms} ms`;
      },
    }),
  ),
];

function placeCase(
  name: string,
  arrange: (subject: Subject) => Promise<Subject> | Subject,
  agent?: string,
): Case {
  return {
    group: "place",
    name,
    async run(subject) {
      const moved = await arrange(subject);
      await setUp(moved);
      // Where no agent is said: the one that the page asks for a reply.
      const ready = await prepare(pageEnvironment(moved), moved.profile ?? null);
      const usual = "agent" in ready ? ready.agent : judge(false, ready.kind);
      return proveKey(moved, undefined, agent ?? usual);
    },
  };
}

const PLACES: readonly Case[] = [
  placeCase("OPENCLAW_STATE_DIR", async (subject) => {
    const state = path.join(subject.home.dir, "moved state");
    await mkdir(state);
    return { ...subject, env: { OPENCLAW_STATE_DIR: state } };
  }),
  placeCase("OPENCLAW_CONFIG_PATH", async (subject) => {
    const file = await subject.home.write("elsewhere/my.json5", "// mine\n{}\n");
    return { ...subject, env: { OPENCLAW_CONFIG_PATH: file } };
  }),
  placeCase("OPENCLAW_HOME", async (subject) => {
    const home = path.join(subject.home.dir, "other home");
    await mkdir(home);
    return { ...subject, env: { OPENCLAW_HOME: home } };
  }),
  placeCase("--profile work", (subject) => ({ ...subject, profile: "work" })),
  placeCase(
    "an agent other than main",
    async (subject) => {
      const agents = { list: [{ id: "main", default: true }, { id: "ops" }] };
      await subject.home.write(".openclaw/openclaw.json", { agents });
      return subject;
    },
    "ops",
  ),
  placeCase("no agent called main", async (subject) => {
    await subject.home.write(".openclaw/openclaw.json", { agents: { list: [{ id: "home" }] } });
    return subject;
  }),
];

const gatewayCase: Case = {
  group: "gateway",
  name: "starts on what was written",
  async run(subject) {
    await setUp(subject);
    const start = await startGateway(subject);
    judge(start.state === "answers", `${start.state}: ${start.log.slice(-300)}`);
    if (start.state !== "answers") return "";
    judge(!start.beyondLoopback, "it listens beyond loopback");
    const complaint = /[^\n]*(?:no api key|missing.{0,12}(?:auth|key)|auth.{0,20}missing)[^\n]*/iu;
    const said = complaint.exec(start.log)?.[0];
    judge(!said, `it says: ${said}`);
    judge(start.turn.replied, `no reply through it: ${start.turn.detail}`);
    judge(`${start.turn.bearers}` === KEY, "the gateway did not use the key");
    const model = /agent model: [^\n]*/u.exec(start.log)?.[0] ?? "no word of the model";
    return `${start.ms} ms, then a reply by the key; it says "${model}", nothing against the credential`;
  },
};

/** The other direction: without `gateway.mode` it does not start, which is why the plan proposes it. */
const gatewayRefusesCase: Case = {
  group: "gateway",
  name: "refuses without gateway.mode",
  async run(subject) {
    await setUp(subject, { declined: ["gateway-defaults"] });
    const config = await readFile(subject.home.configPath, "utf8");
    judge(!config.includes('"gateway"'), "a declined repair was written");
    const start = await startGateway(subject);
    judge(start.state === "ended", `it ${start.state}`);
    return start.state === "ended" ? `code ${start.code}` : "";
  },
};

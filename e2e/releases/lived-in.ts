/** Configs as people have them, each written for a time, opened by the release under test. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { KEY_PROFILE, OPENAI_BASE_URL } from "@/lib/openclaw/releases/names";
import { compareReleases } from "@/lib/openclaw/releases/table";
import { providerOf } from "@/lib/setup/model-ref";
import { planSetup } from "@/lib/setup/plan/plan";
import { askBefore } from "./ask-before";
import type { Case } from "./case";
import { askStatus, askValid, lookupOf, type Subject, takeTurn } from "./judge";
import { giveLogin, proveBackup, proveLogin } from "./logins";
import { proveKey } from "./prove";
import { releasesFile } from "./repository";
import { choicesFor, describedModel, KEY, look, setUp, writeAsPage } from "./setup";
import { pasteOldKey } from "./stored-keys";
import { judge } from "./verdict";

interface Fixture {
  /** Its folder below `fixtures/`. */
  readonly folder: string;
  readonly name: string;
  readonly short?: boolean;
  /** Where releases before it refuse what the config holds. */
  readonly since?: string;
  /** Texts of the config that stay, byte for byte. */
  readonly keeps: readonly string[];
}

const FIXTURES: readonly Fixture[] = [
  {
    folder: "household",
    name: "another provider, flat env, agents of their own, channels, hooks",
    short: true,
    keeps: [
      "// Family assistant, set up in February. Ada, 2026-02-14",
      '{ id: "garden", name: "Garden", model: "ollama/llama3.3" }, /* stays at home */',
      '"ollama/llama3.3"] }, // the good one',
    ],
  },
  {
    folder: "older",
    name: "retired refs and a flat key",
    keeps: ["// written by hand after the documentation of spring 2026", `\${GATEWAY_WORD}`],
  },
  {
    folder: "wizard",
    name: "as the wizard of 2026.2.9 wrote it",
    keeps: ['"ackReactionScope": "group-mentions"', '"lastTouchedVersion": "2026.2.9"'],
  },
  {
    folder: "retired-keys",
    name: "keys that newer releases no longer have",
    since: "2026.7.1",
    keeps: ["// Summer 2026, by hand.", "// not too often", "// no pictures", "camera.snap"],
  },
  {
    folder: "spring-keys",
    name: "keys as in March 2026",
    since: "2026.3.13",
    keeps: ["// in one go", "// of the search", '"alloy"', '"made-up-search-key"'],
  },
  {
    folder: "harness",
    name: "a runtime named as in April 2026",
    since: "2026.4.15",
    keeps: ["// inside OpenClaw", 'name: "Garden"'],
  },
  {
    folder: "models-gone",
    name: "models that their provider has shut down",
    since: "2026.5.28",
    keeps: ["// /model pro", "// knows the roses", '{ alias: "pro" }', '{ alias: "opus" }'],
  },
  {
    folder: "references",
    name: "SecretRefs and a custom provider",
    since: "2026.3.1",
    keeps: ['{ source: "env", provider: "default", id: "HUB_KEY" }', "// a plain string"],
  },
  {
    folder: "variables",
    name: "a model and a key by variables",
    keeps: [
      `apiKey: "\${${"MY_OPENAI"}}"`,
      "// the company's",
      `"\${${"MY_MODEL"}}"`,
      "// see .env",
    ],
  },
];

/** What a release of this era opens: those that it can, and two that it must not be harmed by. */
export function livedIn(era: ReleaseEra): Case[] {
  const able = FIXTURES.filter(
    ({ since }) => since === undefined || compareReleases(since, era.since) <= 0,
  );
  return [
    ...able.map(fixtureCase),
    ...INCLUDED,
    ...(era.runtimePin ? [otherModelsCase, pluginRuntimeCase] : []),
    olderBackupCase,
    foreignOrderCase,
    ...(era.login.kind === "doctor-import" ? [copiedOrderCase] : []),
    commentsCase,
    modelTextCase,
    ownModelsCase,
    proxyCase,
    modelProxyCase,
    loginProxyCase,
    addressVariableCase,
    unknownKeysCase,
    templateCase,
  ];
}

function fixtureCase({ folder, name, short, keeps }: Fixture): Case {
  return {
    group: "lived-in",
    name,
    ...(short ? { short } : {}),
    async run(subject) {
      await furnish(subject, folder);
      await demandAccepted(subject);
      const before = await askValid(subject);
      const plan = await setUp(subject);
      const config = await readFile(subject.home.configPath, "utf8");
      for (const text of keeps) judge(config.includes(text), `it lost ${text}`);
      const proof = await proveKey(subject);
      const kinds = plan.repairs.map(({ kind }) => kind).join(", ") || "none";
      return `${proof}; ${before.verdict} before; repairs: ${kinds}`;
    },
  };
}

/** The release says before the write that it takes what is planned. */
async function demandAccepted(subject: Subject): Promise<void> {
  const said = await askBefore(subject);
  const { configValidate } = lookupOf(subject).era.commands;
  const wanted = configValidate ? "accepted" : "no-command";
  judge(said.kind === wanted, `asked before: ${JSON.stringify(said)}`);
}

const HUB_KEY = "hub-made-up-0123456789abcdef";

/** A company's own address, with a key and a model of its own. */
function hubEntry({ server }: Subject, ref: string) {
  const models = [describedModel(ref)];
  return { baseUrl: server.apiBase, apiKey: HUB_KEY, api: "openai-completions", models };
}

/** What the plan adds for the runtime shuts no other model out: neither a fallback nor one asked for by name. */
const otherModelsCase: Case = {
  group: "lived-in",
  name: "other models stay allowed",
  async run(subject) {
    const { home, server } = subject;
    const hub = hubEntry(subject, "hub/small");
    await home.write(".openclaw/openclaw.json", {
      agents: { defaults: { model: { primary: "hub/small", fallbacks: ["hub/small"] } } },
      // With a list of its own: nothing but what the config names, and still the model of OpenAI.
      models: { mode: "replace", providers: { hub } },
    });
    await setUp(subject);
    const named = await takeTurn(subject, "main", ["--model", "hub/small"]);
    judge(named.replied, `not by name: ${named.detail}`);
    judge(`${named.bearers}` === HUB_KEY, "by name: not the other provider's key");
    server.refuse(KEY, 429);
    const fallback = await takeTurn(subject);
    judge(fallback.replied, `not as a fallback: ${fallback.detail}`);
    judge(`${fallback.bearers}` === `${KEY},${HUB_KEY}`, "not the key, then the fallback");
    return `${named.ms} ms by name, ${fallback.ms} ms as a fallback`;
  },
};

/** The plugin was there once, or on another machine: its runtime is named, and nothing brings it. */
const pluginRuntimeCase: Case = {
  group: "lived-in",
  name: "the plugin's runtime without the plugin",
  async run(subject) {
    const ref = lookupOf(subject).era.defaultModel.apiKey;
    const models = { [ref]: { alias: "gpt", agentRuntime: { id: "codex" } } };
    await subject.home.write(".openclaw/openclaw.json", {
      agents: { defaults: { model: { primary: ref }, models } },
    });
    await demandAccepted(subject);
    await setUp(subject);
    return proveKey(subject);
  },
};

/** An order of profiles that came with a config from another machine: none of them is here. */
const foreignOrderCase: Case = {
  group: "lived-in",
  name: "an order of profiles that are not here",
  async run(subject) {
    await subject.home.write(".openclaw/openclaw.json", {
      auth: {
        profiles: { "openai:work": { provider: "openai", mode: "api_key" } },
        order: { openai: ["openai:work"] },
      },
    });
    const { plan } = await writeAsPage(subject);
    const proof = await proveKey(subject);
    return `${proof}; ${plan.handOver ? "handed over" : "as it is"}`;
  },
};

/** The order that the page wrote, copied to a machine whose OpenClaw has stored something else. */
const copiedOrderCase: Case = {
  group: "lived-in",
  name: "our profile in an order copied from another machine",
  async run(subject) {
    await pasteOldKey(subject);
    const order = { openai: [KEY_PROFILE.id] };
    await subject.home.write(".openclaw/openclaw.json", { auth: { order } });
    const { plan } = await writeAsPage(subject);
    judge(plan.handOver !== null, "it was taken for done");
    const proof = await proveKey(subject);
    const snapshot = await look(subject);
    const again = planSetup(snapshot, choicesFor(snapshot));
    judge(again.ok && again.value.handOver === null, "a second plan would hand over again");
    return proof;
  },
};

/** Everything commented out, as people start anew: the release stops at it, and takes what is put behind it. */
const commentsCase: Case = {
  group: "lived-in",
  name: "a config of comments alone",
  async run(subject) {
    const comments = '// started anew, Ada\n// { agents: { defaults: { model: "gpt-4" } } }\n';
    await subject.home.write(".openclaw/openclaw.json", comments);
    const before = await askStatus(subject);
    judge(!before.answered, "it takes a config without content");
    await setUp(subject);
    const config = await readFile(subject.home.configPath, "utf8");
    judge(config.startsWith(`${comments}{`), "the comments were lost");
    return proveKey(subject);
  },
};

/** What OpenClaw kept of an earlier config does not take the place of the new one; where declined, it may. */
const olderBackupCase: Case = {
  group: "lived-in",
  name: "an older openclaw.json.bak",
  async run(subject) {
    const { home } = subject;
    const older = {
      agents: { defaults: { model: { primary: "anthropic/claude-opus-4-5" } } },
      gateway: { mode: "local" },
      meta: { lastTouchedVersion: "2026.2.9" },
    };
    const isKept = async () => {
      const ours = await readFile(home.configPath, "utf8");
      await askStatus(subject);
      return (await readFile(home.configPath, "utf8")) === ours;
    };
    await home.write(".openclaw/openclaw.json.bak", older);
    await setUp(subject, { declined: ["older-backup"] });
    const { putsBackupBack } = lookupOf(subject).era;
    judge((await isKept()) === !putsBackupBack, "the table has it the other way round");
    await home.remove();
    await home.write(".openclaw/openclaw.json.bak", older);
    await setUp(subject);
    judge(await isKept(), "OpenClaw put the older config back");
    return putsBackupBack ? "put back where declined, else kept" : "kept";
  },
};

/** The model as a text and by its alias, which 2026.2.9 would not take as they are. */
const modelTextCase: Case = {
  group: "lived-in",
  name: "a model as a text by its alias",
  async run(subject) {
    const { era } = lookupOf(subject);
    const models = { [era.defaultModel.apiKey]: { alias: "gpt" } };
    const config = { agents: { defaults: { model: "gpt", models } } };
    await subject.home.write(".openclaw/openclaw.json", config);
    const before = await askStatus(subject);
    judge(before.answered === era.modelAsText, `before: ${before.detail || "answered"}`);
    await setUp(subject);
    const after = await askStatus(subject);
    judge(after.missing.length === 0, `misses ${after.missing}`);
    return proveKey(subject);
  },
};

/** The agent that answers has a model of its own, and so has what runs beside it. */
const ownModelsCase: Case = {
  group: "lived-in",
  name: "a default agent with a model of its own",
  async run(subject) {
    const model = "anthropic/claude-opus-4-5";
    await subject.home.write(".openclaw/openclaw.json", {
      agents: {
        defaults: {
          model: { primary: model },
          imageModel: { primary: model },
          heartbeat: { every: "0m", model },
          subagents: { model },
        },
        list: [{ id: "main", default: true, model: { primary: model, fallbacks: [] } }],
      },
    });
    const accepted = ["heartbeat.model", "imageModel", "subagents.model"].map(
      (place) => `other-model:agents.defaults.${place}`,
    );
    const said = await askBefore(subject, { accepted });
    judge(said.kind !== "objects", `asked before: ${JSON.stringify(said)}`);
    await setUp(subject, { accepted });
    const config = await readFile(subject.home.configPath, "utf8");
    judge(!config.includes(model), "a model stayed");
    return proveKey(subject);
  },
};

/** The key goes to OpenAI, not to the proxy that had the provider's name; where that is declined, to the proxy. */
const proxyCase: Case = {
  group: "lived-in",
  name: "a proxy under the name of openai",
  async run(subject) {
    const { home } = subject;
    const openai = { ...hubEntry(subject, "openai/gpt-4o"), headers: { "x-hub": "ada" } };
    const config = {
      agents: { defaults: { model: { primary: "openai/gpt-4o" } } },
      models: { mode: "merge", providers: { openai } },
    };
    await home.write(".openclaw/openclaw.json", config);
    await demandAccepted(subject);
    // A server of one's own that has other models stays, with its key, until it is asked for.
    await setUp(subject);
    const kept = await takeTurn(subject);
    judge(`${kept.asked}`.startsWith("127.0.0.1"), `by itself it asked ${kept.asked}`);
    const written = await readFile(home.configPath, "utf8");
    judge(written.includes(HUB_KEY), "it lost the key of the server that stays");
    await home.remove();
    await home.write(".openclaw/openclaw.json", config);
    await setUp(subject, { accepted: ["other-address"] });
    return proveKey(subject);
  },
};

/** The chosen model's own address, beside one of the entry that is right. */
const modelProxyCase: Case = {
  group: "lived-in",
  name: "a proxy at the chosen model",
  async run(subject) {
    const { home, server } = subject;
    const model = describedModel(lookupOf(subject).era.defaultModel.apiKey);
    const listed = { ...model, baseUrl: server.apiBase };
    const openai = { baseUrl: OPENAI_BASE_URL, models: [listed] };
    await home.write(".openclaw/openclaw.json", { models: { providers: { openai } } });
    await demandAccepted(subject);
    await setUp(subject);
    return proveKey(subject);
  },
};

/** Neither the login nor the key behind it goes to whoever had the name of their providers. */
const loginProxyCase: Case = {
  group: "login",
  name: "a proxy under the name of the login's provider",
  async run(subject) {
    const { home, server } = subject;
    const { era } = lookupOf(subject);
    const entryOf = (ref: string) => ({
      [providerOf(ref)]: {
        baseUrl: server.apiBase,
        api: "openai-responses",
        headers: { "x-hub": "ada" },
        models: [describedModel(ref)],
      },
    });
    const { apiKey, chatgpt } = era.defaultModel;
    const providers = { ...entryOf(apiKey), ...entryOf(chatgpt) };
    await home.write(".openclaw/openclaw.json", { models: { providers } });
    await home.write(".openclaw/.env", `OPENAI_BASE_URL=${server.apiBase}\n`);
    const { login } = await giveLogin(subject, "first", { apiKey: KEY });
    const proof = await proveLogin(subject, login);
    const refused = await proveBackup(subject, login);
    const astray = refused.asked.filter((one) => one.startsWith("127.0.0.1"));
    judge(astray.length === 0, `asked ${astray}`);
    return proof;
  },
};

/** The same by a variable alone, which not every release follows. */
const addressVariableCase: Case = {
  group: "lived-in",
  name: "OPENAI_BASE_URL in .env",
  async run(subject) {
    const { home, server } = subject;
    const { followsBaseUrlVariable, providerNeedsBaseUrlAndModels } = lookupOf(subject).era;
    const dotenv = `OPENAI_BASE_URL=${server.apiBase}\n`;
    await home.write(".openclaw/.env", dotenv);
    await setUp(subject);
    const proof = await proveKey(subject);
    await home.remove();
    await home.write(".openclaw/.env", dotenv);
    await setUp(subject, { declined: ["other-address"] });
    const declined = await takeTurn(subject);
    const leads = `${declined.asked}`.startsWith("127.0.0.1");
    // An address that the runtime's entry must have goes before the variable.
    const isNamed = lookupOf(subject).era.runtimePin !== null && providerNeedsBaseUrlAndModels;
    judge(leads === (followsBaseUrlVariable && !isNamed), `declined, it asked ${declined.asked}`);
    return `${proof}; ${followsBaseUrlVariable ? "followed where declined" : "not followed"}`;
  },
};

/** Invalid before, and not ours: the plan leaves it alone and still does its part. */
const unknownKeysCase: Case = {
  group: "lived-in",
  name: "a key OpenClaw never had",
  async run(subject) {
    await furnish(subject, "unknown-keys");
    const said = await askBefore(subject);
    const named = said.kind === "objects" && said.ours.length === 0 && said.others.length > 0;
    judge(named || said.kind === "no-command", `asked before: ${JSON.stringify(said)}`);
    await setUp(subject);
    const config = await readFile(subject.home.configPath, "utf8");
    judge(config.includes("turboMode: true"), "the key was taken out");
    const dotenv = await readFile(path.join(subject.home.stateDir, ".env"), "utf8");
    judge(dotenv.includes(KEY), "the API key was not written");
    const after = await askValid(subject);
    judge(after.verdict !== "valid", "it is valid: the fixture shows nothing");
    return after.verdict;
  },
};

/** What is to be edited comes from another file: edited where it stands, and nowhere else. */
const INCLUDED: readonly Case[] = [
  ["split", "$include of several files", "openclaw.json"] as const,
  ["split-agents", "$include of the agents", "agents.json5"] as const,
  ["split-deep", "$include within an included file", "agents/defaults.json5"] as const,
].map(([folder, name, edited]) => ({
  group: "lived-in",
  name,
  async run(subject) {
    await furnish(subject, folder);
    await demandAccepted(subject);
    const plan = await setUp(subject);
    const files = plan.files.filter(({ role }) => role !== "dotenv");
    const touched = files.map(({ path: file }) => path.relative(subject.home.stateDir, file));
    // The provider's entry, where the runtime is named, goes into the config itself.
    const own = lookupOf(subject).era.runtimePin ? ["openclaw.json"] : [];
    const wanted = [...new Set([...own, edited])];
    judge(`${touched}` === `${wanted}`, `it touches ${touched.join(", ")}`);
    const text = await readFile(path.join(subject.home.stateDir, edited), "utf8");
    judge(text.includes("// until the key is there"), "a comment was lost");
    return `${await proveKey(subject)}; edited: ${touched.join(", ")}`;
  },
}));

/** A plan is refused with the place, and nothing is written. */
const templateCase: Case = {
  group: "lived-in",
  name: "JavaScript that is not JSON5",
  async run(subject) {
    await furnish(subject, "template");
    const snapshot = await look(subject);
    const plan = planSetup(snapshot, choicesFor(snapshot));
    judge(!plan.ok && plan.error.code === "config-unparsable", "it was planned");
    if (plan.ok || plan.error.code !== "config-unparsable") return "";
    const { error } = plan.error;
    judge("line" in error && error.line === 3, `place: ${JSON.stringify(error)}`);
    return "refused, with line and column";
  },
};

/** Copies a fixture into the state directory: `openclaw.json5` as `openclaw.json`, `dotenv` as `.env`. */
export async function furnish({ home }: Subject, folder: string): Promise<void> {
  const names: Readonly<Record<string, string>> = {
    "openclaw.json5": "openclaw.json",
    dotenv: ".env",
  };
  const from = releasesFile(path.join("fixtures", folder));
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const name = path.relative(from, path.join(entry.parentPath, entry.name));
    const text = await readFile(path.join(from, name), "utf8");
    await home.write(path.join(".openclaw", names[name] ?? name), text);
  }
}

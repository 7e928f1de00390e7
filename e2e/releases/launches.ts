/** The gateway after the write, for real: started, asked, replaced where one ran, stopped by the undo. */

import { mkdir, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { probeGateway } from "@/lib/openclaw/gateway/probe";
import { ownGateway, startOwnGateway } from "@/lib/openclaw/gateway/session";
import type { Choices } from "@/lib/setup/choices";
import { endForWrite, newLaunch, newStep, runLaunch, waitReady } from "@/lib/setup/launch/launch";
import { endMade, resumeBefore } from "@/lib/setup/launch/take-back";
import type { Launch, LaunchContext } from "@/lib/setup/launch/types";
import { providerOf } from "@/lib/setup/model-ref";
import type { Snapshot } from "@/lib/setup/snapshot";
import { type ReplyExtent, requestReply } from "@/lib/setup/verify/reply";
import { prepare } from "@/lib/setup/verify/verify";
import { undoWrite } from "@/lib/setup/write/write";
import type { Case } from "./case";
import { fakeLogin } from "./fake-login";
import { lookupOf, type Subject } from "./judge";
import { endGroup, startOpenClaw } from "./run";
import { choicesFor, describedModel, KEY, pageEnvironment, planned, writeAsPage } from "./setup";
import { judge } from "./verdict";

const PROXY_KEY = "own-key-of-the-proxy-1234567890";
const OLD_KEY = "sk-proj-before00aaaa1bbbb2cccc3dddd4eeee5fffff";

export const launches: readonly Case[] = [
  {
    group: "gateway",
    name: "written, started, answered, undone",
    async run(given) {
      const { subject, context, port } = await scene(given);
      const { written } = await writeAsPage(subject);
      const launch = newLaunch();
      try {
        const seconds = await launched(launch, context);
        judge(launch.made?.kind === "own", `made: ${launch.made?.kind}`);
        const said = await answered(subject, context, KEY);
        const { made } = launch;
        judge(made !== null && (await endMade(made, context)), "it did not end");
        judge((await undoWrite(written)).ok, "the undo was refused");
        judge(made !== null && (await resumeBefore(made, context)) === "ended", "it was resumed");
        judge(!(await probeGateway(port)).isRunning, "it still runs");
        return `ready after ${seconds} s, "${said}" through it; nothing runs afterwards`;
      } finally {
        await clearUp(launch, context);
      }
    },
  },
  {
    group: "gateway",
    name: "one that runs is replaced, and runs again after the undo",
    async run(given) {
      const { subject, context } = await scene(given);
      await writeAsPage(subject, (snapshot) => choicesFor(snapshot, { apiKey: OLD_KEY }));
      const before = newLaunch();
      const launch = newLaunch();
      try {
        await launched(before, context);
        await answered(subject, context, OLD_KEY);
        const { written } = await writeAsPage(subject);
        await launched(launch, context);
        judge(launch.steps[0]?.name === "replace", `by ${launch.steps[0]?.name}`);
        const said = await answered(subject, context, KEY);
        const { made } = launch;
        judge(made !== null && (await endMade(made, context)), "it did not end");
        judge((await undoWrite(written)).ok, "the undo was refused");
        const resumed = made && (await resumeBefore(made, context));
        judge(resumed === "runs-again", `it is ${resumed}`);
        await answered(subject, context, OLD_KEY);
        return `"${said}" with the new key through it, and with the old one after the undo`;
      } finally {
        await clearUp(launch, context);
      }
    },
  },
  {
    group: "gateway",
    name: "a login takes the place of another provider, and that one answers after the undo",
    async run(given) {
      const { subject, context } = await scene(given);
      await writeProxyConfig(subject);
      const [before, launch] = [newLaunch(), newLaunch()];
      try {
        await launched(before, context);
        await answered(subject, context, PROXY_KEY);
        // As a visit does: the release's own command takes a login over only while nothing has its databases open.
        const ended = await endForWrite(context);
        const { login, written, way } = await writeLogin(subject);
        launch.made = ended;
        await launched(launch, context);
        const said = await answered(subject, context, login.access);
        const { made } = launch;
        judge(made !== null && (await endMade(made, context)), "it did not end");
        judge((await undoWrite(written)).ok, "the undo was refused");
        const resumed = made && (await resumeBefore(made, context));
        judge(resumed === "runs-again", `it is ${resumed}`);
        await answered(subject, context, PROXY_KEY);
        return `"${said}" with the login's token (${way}), and with the other key after the undo`;
      } finally {
        await clearUp(launch, context);
      }
    },
  },
  {
    group: "gateway",
    name: "a refused answer through the gateway",
    async run(given) {
      const { subject, context } = await scene(given);
      await writeAsPage(subject);
      const launch = newLaunch();
      try {
        await launched(launch, context);
        subject.server.refuse(KEY, 429);
        const credit = await refused(context, "words");
        judge(credit.code === "no-credit", JSON.stringify(credit).slice(0, 600));
        judge(credit.sentence !== "", "without a sentence");
        return credit.sentence.slice(0, 100);
      } finally {
        await clearUp(launch, context);
      }
    },
  },
  {
    group: "gateway",
    name: "a gateway with another token than the config",
    async run(given) {
      const { subject, context, port } = await scene(given);
      await writeAsPage(subject);
      const ready = await prepare(context.env, context.profile);
      if ("kind" in ready) return judge(false, ready.kind);
      // Started by hand with a token of its own, which then goes before the one in the config.
      const args = ["gateway", "run", "--token", "o".repeat(40)];
      const child = startOpenClaw(subject.release, subject.home, args, { env: subject.env ?? {} });
      for (const stream of [child.stdout, child.stderr]) stream?.resume();
      const launch = newLaunch();
      try {
        judge(await isReadySoon(port), "the gateway did not get ready");
        const { code, sentence } = await refused(context, "words");
        judge(code === "gateway-refused", `${code}: ${sentence}`);
        judge(subject.server.turns().length === 0, "the model was asked all the same");
        // What the page then offers.
        await launched(launch, context);
        judge(launch.steps[0]?.name === "replace", `by ${launch.steps[0]?.name}`);
        await answered(subject, context, KEY);
        return sentence;
      } finally {
        endGroup(child, "SIGKILL");
        await clearUp(launch, context);
      }
    },
  },
  {
    group: "gateway",
    name: "a start at a port that is taken",
    async run(given) {
      const { subject, context, port } = await scene(given);
      await writeAsPage(subject);
      const holder = await listen(port);
      const ready = await prepare(context.env, context.profile);
      if ("kind" in ready) return judge(false, ready.kind);
      const launch = newLaunch();
      try {
        // The check beforehand would not let it come to this; a program may take the port in between.
        const gateway = startOwnGateway(ready.runner, ready.location.stateDir, subject.home.dir);
        launch.made = { kind: "own", gateway, before: null };
        const waited = await waitReady(1, 0, launch.made, context, newStep("ready"));
        judge(!waited.ok && waited.error.code === "port-taken", JSON.stringify(waited));
        return waited.ok ? "" : waited.error.sentence;
      } finally {
        await clearUp(launch, context);
        await new Promise((done) => holder.close(done));
      }
    },
  },
];

/** The config of somebody whose gateway answers by another provider; both providers are the loopback server. */
async function writeProxyConfig(subject: Subject): Promise<void> {
  const { home, server } = subject;
  const { chatgpt } = lookupOf(subject).era.defaultModel;
  const isOwn = providerOf(chatgpt) !== "openai";
  const api = isOwn
    ? { models: [] }
    : { api: "openai-chatgpt-responses", models: [describedModel(chatgpt)] };
  const proxy = { api: "openai-completions", models: [describedModel("myproxy/foo")] };
  const baseUrl = `${server.origin}/backend-api`;
  const config = {
    agents: { defaults: { model: { primary: "myproxy/foo" } } },
    models: {
      providers: {
        myproxy: { baseUrl: server.apiBase, apiKey: PROXY_KEY, ...proxy },
        [providerOf(chatgpt)]: { baseUrl, ...api },
      },
    },
    gateway: { mode: "local", bind: "loopback", auth: { mode: "token", token: "t".repeat(40) } },
  };
  await mkdir(path.join(home.dir, ".openclaw"), { recursive: true, mode: 0o700 });
  const file = path.join(home.dir, ".openclaw", "openclaw.json");
  await writeFile(file, JSON.stringify(config, null, 2), { mode: 0o600 });
}

/** Of the repairs none is taken that would lead the login from the loopback server to ChatGPT. */
async function writeLogin(subject: Subject) {
  const login = fakeLogin("gateway");
  const { access: accessToken, refresh: refreshToken, accountId, email, expires } = login;
  const tokens = { accessToken, refreshToken, accountId, email, expiresAt: expires };
  const choose = (snapshot: Snapshot, declined: readonly string[]): Choices => ({
    ...choicesFor(snapshot),
    auth: "chatgpt",
    apiKey: null,
    otherDefault: "first",
    model: snapshot.era.defaultModel.chatgpt,
    login: tokens,
    declined,
  });
  const { plan, written } = await writeAsPage(subject, (snapshot) => {
    const first = planned(snapshot, choose(snapshot, []));
    const led = first.repairs.filter(({ kind }) => /-address$/u.test(kind));
    return choose(
      snapshot,
      led.map(({ id }) => id),
    );
  });
  return { login, written, way: plan.handOver?.how.kind ?? "none" };
}

/** A machine of its own whose OpenAI is the loopback server, by the address that the page checked. */
async function scene(given: Subject) {
  const free = await listen(0);
  const { port } = free.address() as AddressInfo;
  await new Promise((done) => free.close(done));
  const quiet = { OPENCLAW_SKIP_CHANNELS: "1", OPENCLAW_SKIP_BROWSER_CONTROL_SERVER: "1" };
  const own = { OPENCLAW_GATEWAY_PORT: `${port}`, OPENCLAW_DISABLE_BONJOUR: "1", ...quiet };
  const closed = { npm_config_registry: "http://127.0.0.1:9/", OPENCLAW_NO_AUTO_UPDATE: "1" };
  const env = { ...given.env, OPENAI_BASE_URL: given.server.apiBase, ...own, ...closed };
  const subject = { ...given, env };
  const { signal } = new AbortController();
  const context = { env: pageEnvironment(subject), profile: null, secrets: [KEY, OLD_KEY], signal };
  return { subject, context, port };
}

async function launched(launch: Launch, context: LaunchContext): Promise<number> {
  const began = Date.now();
  await runLaunch(launch, context);
  judge(launch.isReady, JSON.stringify(launch.steps).slice(-900));
  return Math.round((Date.now() - began) / 1000);
}

/** Through the gateway, with this key. */
async function answered(
  { server }: Subject,
  { env, secrets, signal }: LaunchContext,
  key: string,
): Promise<string> {
  server.forget();
  const reply = await requestReply(env, null, secrets, signal, null, { extent: "words" });
  judge(reply.kind === "replied", JSON.stringify(reply).slice(0, 900));
  if (reply.kind !== "replied") return "";
  judge(reply.by === "gateway", `answered by ${reply.by}`);
  const bearers = [...new Set(server.turns().map(({ bearer }) => bearer))];
  judge(`${bearers}` === key, `asked with ${bearers}`);
  return reply.text;
}

/** Why no reply came through the gateway. */
async function refused({ env, secrets, signal }: LaunchContext, extent: ReplyExtent) {
  const reply = await requestReply(env, null, secrets, signal, null, { extent });
  if (reply.kind !== "failed") return judge(false, JSON.stringify(reply).slice(0, 600));
  return reply.failure;
}

async function isReadySoon(port: number): Promise<boolean> {
  for (const end = Date.now() + 240_000; Date.now() < end; await wait(500)) {
    if ((await probeGateway(port)).isReady) return true;
  }
  return false;
}

async function clearUp(launch: Launch, context: LaunchContext): Promise<void> {
  const ready = await prepare(context.env, context.profile);
  const left = "kind" in ready ? null : ownGateway(ready.location.stateDir);
  if (left) await endMade({ kind: "own", gateway: left, before: null }, context);
  else if (launch.made?.kind === "own") await endMade(launch.made, context);
}

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

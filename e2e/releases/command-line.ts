/** The command line and the terminal on a real release: the bytes of the page, a login by device code, and both taken back. */

import { readFile } from "node:fs/promises";
import path from "node:path";
import { withoutToken, writeAsPage } from "@/cli/testing/page-core";
import { atTerminal, KEYS, type Step } from "@/cli/testing/pseudo-terminal";
import { type Ran, runCommand } from "@/cli/testing/run";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { answersSchema } from "@/lib/visit/choices/answers";
import en from "@/messages/en.json";
import type { Case } from "./case";
import { lookupOf, type Subject } from "./judge";
import { emptyHome } from "./run";
import { closedEnvironment, KEY } from "./setup";
import { judge } from "./verdict";

/** Nothing answers there: the key stays unchecked, and may be written all the same. With it no login is used. */
const NOWHERE = { OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };

type Variables = Readonly<Record<string, string>>;

export const COMMAND_LINE: readonly Case[] = [
  {
    group: "key",
    name: "in a terminal the bytes of the page",
    short: true,
    run: (subject) =>
      besidePage(subject, async (model) => {
        const shown = await talked(subject, NOWHERE, [
          { see: en.choose.question, type: KEYS.enter },
          { see: en.cli.askKey, type: `${KEY}${KEYS.enter}` },
          ...writing(model),
        ]);
        judge(!shown.includes(KEY.slice(4, -4)), "the key was on the screen");
      }),
  },
  {
    group: "login",
    name: "in a terminal with a device code",
    short: true,
    run: (subject) =>
      byDeviceCode(subject, async (service, model) => {
        const steps = [
          { see: en.choose.question, type: KEYS.down },
          { see: en.choose.chatgpt.good, type: KEYS.enter },
          { see: en.signIn.device.button, type: KEYS.enter },
          ...writing(model),
        ];
        const issuer = { CHATGPT_ISSUER: service.url };
        const shown = await talked(subject, issuer, steps, typing(service.url));
        const leaked = service.issued.filter(({ token }) => shown.includes(token));
        judge(leaked.length === 0, "a token was on the screen");
        judge(
          shown.includes(en.done.usable.split("{")[0] ?? ""),
          `its check: ${shown.slice(-2000)}`,
        );
      }),
  },
  {
    group: "key",
    name: "by command line the bytes of the page",
    short: true,
    run: (subject) =>
      besidePage(subject, async (model) => {
        const given = { ...NOWHERE, KEY };
        const planned = await ask(subject, ["plan", "--json", "--model", model], given);
        const written = await ask(subject, ["apply", "--digest", "-", "--json"], given, planned);
        const { verification } = JSON.parse(written.stdout);
        judge(verification.verdict === "usable", `its check: ${JSON.stringify(verification)}`);
      }),
  },
  {
    group: "login",
    name: "by command line with a device code",
    short: true,
    run: (subject) =>
      byDeviceCode(subject, async (service, model) => {
        const env = { CHATGPT_ISSUER: service.url };
        const args = ["sign-in", "--yes", "--json", "--model", model];
        const signedIn = await ask(subject, args, env, null, typing(service.url));
        const { verification } = JSON.parse(signedIn.stdout);
        judge(verification.verdict === "usable", `its check: ${JSON.stringify(verification)}`);
        judge(
          verification.credential.kind === "login",
          `it uses ${JSON.stringify(verification.credential)}`,
        );
      }),
  },
];

/** Has `write` set up a key with the release's model, and holds the files to those that the page writes. */
async function besidePage(
  subject: Subject,
  write: (model: string) => Promise<void>,
): Promise<string> {
  const model = lookupOf(subject).era.defaultModel.apiKey;
  const page = await emptyHome();
  try {
    const env = { ...variables(subject), ...NOWHERE, HOME: page.dir };
    await writeAsPage(env, answersSchema.parse({ version: 1, model }), KEY);
    await write(model);
    const [ours, theirs] = [await filesOf(subject.home.dir), await filesOf(page.dir)];
    judge(ours === theirs, `other bytes than the page:\n${ours}\n${theirs}`);
  } finally {
    await page.remove();
  }
  await takenBack(subject);
  return "the same bytes, accepted, taken back";
}

type Service = Awaited<ReturnType<typeof startChatGptIssuer>>;

/** Has `signIn` hand a login over, which the service must not have been asked to end. */
async function byDeviceCode(
  subject: Subject,
  signIn: (service: Service, model: string) => Promise<void>,
): Promise<string> {
  const service = await startChatGptIssuer();
  try {
    await signIn(service, lookupOf(subject).era.defaultModel.chatgpt);
    const revoked = service.seen.some(({ path: seen }) => seen === "/oauth/revoke");
    judge(!revoked, "the login was ended for its new owner");
  } finally {
    await service.close();
  }
  await takenBack(subject);
  return "signed in, handed over, taken back";
}

/** From the models to the end: this one, and the files alone. A list goes to what is typed. */
function writing(model: string): readonly Step[] {
  return [
    { see: en.model.own, type: `another${KEYS.enter}` },
    { see: `${en.model.ownLabel}:`, type: `${model}${KEYS.enter}` },
    { see: en.cli.talk.refuse, type: `write c${KEYS.enter}` },
    { see: en.done.undo, type: KEYS.enter },
  ];
}

/** All that was on the screen of a talk that ended well; fails on any other. */
async function talked(
  subject: Subject,
  more: Variables,
  steps: readonly Step[],
  heard: (text: string) => void = () => {},
): Promise<string> {
  const env = { ...variables(subject), ...more };
  const args = ["--terminal", "--locale", "en"];
  const { shown, code, unseen } = await atTerminal({ args, env, columns: 60, steps, heard });
  judge(unseen.length === 0, `not seen: ${unseen.join(", ")} in ${shown.slice(-3000)}`);
  judge(code === 0, `the talk ended with ${code}: ${shown.slice(-3000)}`);
  return shown;
}

function variables(subject: Subject): Variables {
  const given = Object.entries(closedEnvironment(subject));
  return Object.fromEntries(given.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Fails on any exit code but 0. */
async function ask(
  subject: Subject,
  args: readonly string[],
  more: Variables = {},
  input: Ran | null = null,
  heard: (text: string) => void = () => {},
): Promise<Ran> {
  const keyed = more["KEY"] ? ["--key-env", "KEY"] : [];
  const ran = await runCommand([...args, ...keyed], {
    env: { ...variables(subject), ...more },
    input: input?.stdout ?? "",
    heard,
  });
  judge(ran.code === 0, `${args[0]} ended with ${ran.code}: ${ran.stdout} ${ran.stderr}`);
  return ran;
}

/** Types the code that the terminal shows. */
function typing(service: string): (text: string) => void {
  let [said, isTyped] = ["", false];
  return (text) => {
    said += text;
    const code = /^ {2}([A-Z\d]+-[A-Z\d]+)\r?$/mu.exec(said)?.[1];
    if (code === undefined || isTyped) return;
    isTyped = true;
    const body = new URLSearchParams({ user_code: code });
    void fetch(`${service}/codex/device`, { method: "POST", body });
  };
}

async function filesOf(home: string): Promise<string> {
  const names = ["openclaw.json", ".env"];
  const texts = await Promise.all(
    names.map((name) => readFile(path.join(home, ".openclaw", name), "utf8")),
  );
  return JSON.stringify(
    withoutToken(Object.fromEntries(names.map((name, at) => [name, texts[at] ?? ""]))),
  );
}

async function takenBack(subject: Subject): Promise<void> {
  await ask(subject, ["undo", "--yes", "--json"]);
  const left = await readFile(subject.home.configPath, "utf8").catch(() => null);
  judge(left === null, `the config is still there: ${left}`);
}

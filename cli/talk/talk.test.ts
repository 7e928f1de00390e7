/** The whole setup in a terminal, recorded: a real pseudo-terminal of 60 columns. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { widthOf } from "@/cli/say/wrap";
import { atTerminal, HAS_TERMINALS, KEYS, type Step } from "@/cli/testing/pseudo-terminal";
import { emptyHome, type Home, runCommand } from "@/cli/testing/run";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { TestBrowser } from "@/e2e/servers/test-browser";
import { canarySearch } from "@/e2e/support/canary";
import { installHeldOpenClaw } from "@/e2e/support/fake-openclaw";
import ar from "@/messages/ar.json";
import en from "@/messages/en.json";
import fr from "@/messages/fr.json";

const KEY = "sk-proj-test-works-talked-7f3a9b2c4d5e6f70";
const COLUMNS = 60;
const { talk } = en.cli;

let openai: OpenAiServer;
let chatgpt: ChatGptIssuer;
let home: Home;
beforeAll(async () => {
  openai = await startOpenAiServer();
  chatgpt = await startChatGptIssuer();
});
afterAll(async () => {
  await openai.close();
  await chatgpt.close();
});
beforeEach(async () => {
  home = await emptyHome();
});
afterEach(() => home.remove());

const env = () => ({
  HOME: home.dir,
  PATH: "/usr/bin:/bin",
  OPENAI_BASE_URL: openai.url,
  CHATGPT_ISSUER: chatgpt.url,
});
const record = (steps: readonly Step[], args: readonly string[] = [], more = {}) =>
  atTerminal({
    args: ["--terminal", ...args],
    env: { ...env(), ...more },
    columns: COLUMNS,
    steps,
  });
/** In no form: a piece of twelve characters, encoded or coloured. */
function expectNoSecret(shown: string, ...secrets: readonly string[]): void {
  const search = canarySearch(() => secrets);
  for (const text of [shown, stripVTControlCharacters(shown)]) search.text("the screen", text);
  expect(search.found).toEqual([]);
}
const enter = (see: string): Step => ({ see, type: KEYS.enter });
/** A key, the proposed model, the files alone, and the end. */
const withKey = (words: typeof en): readonly Step[] => [
  enter(words.choose.question),
  { see: words.cli.askKey, type: `${KEY}${KEYS.enter}` },
  enter(words.model.own),
  enter(words.cli.talk.refuse),
  enter(words.done.undo),
];

describe.skipIf(!HAS_TERMINALS)("a key", () => {
  it.each([
    ["en", en],
    ["fr", fr],
    ["ar", ar],
  ] as const)("in %s: written at its end, and never on the screen", async (locale, words) => {
    const { shown, code, unseen } = await record(withKey(words as typeof en), ["--locale", locale]);
    expect(unseen).toEqual([]);
    expect(code).toBe(0);
    expectNoSecret(shown, KEY);
    expect((await home.files())[".openclaw/.env"]).toBe(`OPENAI_API_KEY=${KEY}\n`);
    expect(shown).toContain("openclaw-setup undo");
    // A line that is erased is none of the next one.
    const tooLong = shown
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is told so.
      .split(/\r?\n|\r|\u001b\[(?:2K|\d*G)/u)
      .map((line) => stripVTControlCharacters(line))
      .filter((line) => widthOf(line) > COLUMNS);
    expect(tooLong).toEqual([]);
  });

  it("in lines alone for a screen reader: nothing that a terminal would obey", async () => {
    const steps = [
      enter("Enter takes 1"),
      { see: en.cli.askKey, type: `${KEY}${KEYS.enter}` },
      // A number that is none, and then another model than the first.
      { see: "Enter takes 1", type: `77${KEYS.enter}` },
      { see: talk.wrong, type: `2${KEYS.enter}` },
      { see: talk.refuse, type: `2${KEYS.enter}` },
      { see: talk.numbers.slice(0, 30), type: `1${KEYS.enter}` },
      enter("1. [ ]"),
      enter(talk.refuse),
      enter(en.done.undo),
    ];
    const { shown, code, unseen } = await record(steps, ["--plain"]);
    expect(unseen).toEqual([]);
    expect(code).toBe(0);
    expect(shown).not.toContain("\u001b");
    expectNoSecret(shown, KEY);
    // The first of the other changes was switched off: the runtime, or what a gateway is started with.
    expect((await home.files())[".openclaw/openclaw.json"]).toContain("primary");
  });

  it("calls each model by its name, the reference beside it, as the page does", async () => {
    const account = await startOpenAiServer({ models: ["gpt-5.4", "gpt-5.5", "gpt-6-sol"] });
    await mkdir(join(home.dir, ".openclaw"));
    const model = { primary: "anthropic/claude-opus-4-6", fallbacks: ["openai/gpt-5.4"] };
    const config = { meta: { lastTouchedVersion: "2026.9.6" }, agents: { defaults: { model } } };
    await writeFile(join(home.dir, ".openclaw", "openclaw.json"), JSON.stringify(config));
    const steps = [
      enter("Enter takes 1"),
      { see: en.cli.askKey, type: `${KEY}${KEYS.enter}` },
      { see: en.model.own, type: `1${KEYS.enter}` },
      { see: talk.refuse, type: `2${KEYS.enter}` },
      enter("Which model should answer"),
      enter(talk.numbers.slice(0, 30)),
      enter(talk.refuse),
      enter(en.done.undo),
    ];
    const { shown, unseen } = await record(steps, ["--plain"], { OPENAI_BASE_URL: account.url });
    await account.close();
    expect(unseen).toEqual([]);
    const text = shown.replaceAll(/\s+/gu, " ");
    expect(text).toContain("1. GPT-6 Sol (openai/gpt-6-sol)");
    expect(text).toContain("Only GPT-6 Sol (openai/gpt-6-sol)");
    // In the difference they stand between quotes.
    expect(text.match(/(?<!["(])openai\/[\w.-]+/gu) ?? []).toEqual([]);
  });

  it("without a colour where none is wanted", async () => {
    const { shown, code } = await record(withKey(en), [], { NO_COLOR: "1" });
    expect(code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are codes.
    expect(shown.match(/\u001b\[[\d;]*m/gu) ?? []).toEqual([]);
  });

  it("is taken back byte for byte at its end", async () => {
    await mkdir(join(home.dir, ".openclaw"));
    await writeFile(join(home.dir, ".openclaw", "openclaw.json"), "{\n  // mine\n}\n");
    const before = await home.files();
    const steps = [
      ...withKey(en).slice(0, -1),
      { see: en.done.undo, type: KEYS.down + KEYS.enter },
    ];
    const { shown, code, unseen } = await record(steps);
    expect(unseen).toEqual([]);
    expect(code).toBe(0);
    expect(shown).toContain(en.done.titleUndone.files);
    expect(await home.files()).toEqual(before);
  });
});

it.skipIf(!HAS_TERMINALS)("asks for nothing where a file cannot be read", async () => {
  await mkdir(join(home.dir, ".openclaw"));
  await writeFile(join(home.dir, ".openclaw", "openclaw.json"), "{ broken");
  const { shown, code } = await record([]);
  expect(code).toBe(4);
  expect(shown).toContain("line 1");
  expect(shown).not.toContain(en.choose.question);
});

describe.skipIf(!HAS_TERMINALS)("ended by Ctrl-C", () => {
  it.each([
    ["at the first question", 0],
    ["at the key", 1],
    ["at the models", 2],
    ["at the review", 3],
  ])("%s: nothing is written, and it says so", async (_, at) => {
    const stop = { see: withKey(en)[at]?.see ?? "", type: KEYS.stop };
    for (const args of [[], ["--plain"]]) {
      const { shown, code, unseen } = await record([...withKey(en).slice(0, at), stop], args);
      expect(unseen).toEqual([]);
      expect(code).toBe(130);
      expect(shown).toContain(en.cli.cancelled);
      expect(await home.files()).toEqual({});
    }
  });

  it("while the key is checked: nothing is written, and no question follows", async () => {
    const key = { see: en.cli.askKey, type: `sk-test-slow-0123456789abcdef01234567${KEYS.enter}` };
    const steps = [
      ...withKey(en).slice(0, 1),
      key,
      { see: en.key.asking.split("{")[0] ?? "", type: KEYS.stop },
    ];
    const { shown, code, unseen } = await record(steps);
    expect(unseen).toEqual([]);
    expect(code).toBe(130);
    expect(shown).toContain(en.cli.cancelled);
    expect(shown).not.toContain(en.model.own);
  });

  it("once it was written: the files stay, and the way back is named", async () => {
    const steps = [...withKey(en).slice(0, -1), { see: en.done.undo, type: KEYS.stop }];
    const { shown, code } = await record(steps);
    expect(code).toBe(130);
    expect(shown).toContain(talk.stopped);
    expect(shown.split(talk.stopped)[1]).toContain("openclaw-setup undo");
    expect(await home.files()).toHaveProperty([".openclaw/.env"]);
  });
});

describe.skipIf(!HAS_TERMINALS)("ChatGPT", () => {
  const steps = (shownCode: () => Promise<void> | void): readonly Step[] => [
    { see: en.choose.question, type: KEYS.down },
    enter(en.choose.chatgpt.need),
    enter(en.signIn.device.button),
    { see: en.device.waiting, type: shownCode },
    enter(en.model.own),
    { see: talk.refuse, type: KEYS.down.repeat(4) + KEYS.enter },
  ];

  it("is signed in to by a code that is typed elsewhere, and out of where nothing is written", async () => {
    const openclaw = await installHeldOpenClaw(await emptyFolder());
    for (const command of ["config", "doctor", "models", "infer"]) await openclaw.letGo(command);
    const screen = { text: "" };
    const { shown, code, unseen } = await atTerminal({
      args: ["--terminal"],
      env: {
        ...env(),
        PATH: `${join(process.execPath, "..")}:/usr/bin:/bin`,
        OPENCLAW_BIN: openclaw.bin,
      },
      columns: COLUMNS,
      steps: steps(() => void typeCode(screen.text)),
      heard: (text) => {
        screen.text += text;
      },
    });
    expect(unseen).toEqual([]);
    expect(shown).toContain(`${chatgpt.url}/codex/device`);
    expect(shown).toMatch(/[█▀▄]{20}/u);
    expect(shown).toContain("person@example.com");
    expect(shown).toContain(
      en.review.change["import-login"].replace("{account}", "person@example.com"),
    );
    expectNoSecret(shown, ...chatgpt.issued.map(({ token }) => token));
    expect(code).toBe(9);
    expect(chatgpt.seen.map(({ path }) => path)).toContain("/oauth/revoke");
    expect(Object.keys(await home.files()).filter((name) => !name.startsWith("program/"))).toEqual(
      [],
    );
  });

  it("leaves nobody signed in where it is ended while the code is waited for", async () => {
    const openclaw = await installHeldOpenClaw(await emptyFolder());
    for (const command of ["config", "doctor", "models"]) await openclaw.letGo(command);
    const before = chatgpt.issued.length;
    const { code, unseen } = await atTerminal({
      args: ["--terminal"],
      env: {
        ...env(),
        PATH: `${join(process.execPath, "..")}:/usr/bin:/bin`,
        OPENCLAW_BIN: openclaw.bin,
      },
      columns: COLUMNS,
      steps: [...steps(() => {}).slice(0, 3), { see: en.device.waiting, type: KEYS.stop }],
    });
    expect(unseen).toEqual([]);
    expect(code).toBe(130);
    expect(chatgpt.issued).toHaveLength(before);
  });

  it("is signed in to by an address brought back from a browser elsewhere, which the screen does not keep", async () => {
    const browser = new TestBrowser();
    const screen = { text: "" };
    const ended = { address: "" };
    const signIn = async () => {
      const [address = ""] = /http:\/\/\S+\/oauth\/authorize\S+/u.exec(screen.text) ?? [];
      const asked = await browser.open(address);
      const end = await browser.open(asked.url, {
        form: {},
        stopAt: ({ pathname }) => pathname === "/auth/callback",
      });
      ended.address = end.url.href;
      return `${ended.address}${KEYS.enter}`;
    };
    const { shown, code, unseen } = await atTerminal({
      args: ["sign-in", "--paste", "--dry-run", "--model", "openai/gpt-5.5"],
      env: env(),
      columns: COLUMNS,
      steps: [
        { see: "(it is not shown):", type: `https://example.com/${KEYS.enter}` },
        { see: en.paste.refused["other-address"].title, type: signIn },
      ],
      heard: (text) => {
        screen.text += text;
      },
    });
    expect(unseen).toEqual([]);
    expect(shown).toContain("person@example.com");
    expect(shown).toContain(en.cli.dryRun);
    expect(code).toBe(0);
    expect(shown).not.toContain(new URL(ended.address).searchParams.get("code"));
  });

  const emptyFolder = async () => {
    const folder = join(home.dir, "program");
    await mkdir(folder);
    return folder;
  };
  const typeCode = (text: string) =>
    fetch(`${chatgpt.url}/codex/device`, {
      method: "POST",
      body: new URLSearchParams({
        user_code: /^ {2}([A-Z\d]+-[A-Z\d]+)\s*$/mu.exec(text)?.[1] ?? "",
      }),
    });
});

it("says that there is no terminal, where there is none", async () => {
  const { code, stderr } = await runCommand(["--terminal"], { env: env() });
  expect(code).toBe(2);
  expect(stderr).toContain(talk.noTerminal);
});

it.skipIf(!HAS_TERMINALS)("gives npm no error to print for an end that was asked for", async () => {
  const stop = [{ see: en.choose.question, type: KEYS.stop }];
  const { code, shown } = await record(stop, [], { npm_lifecycle_event: "start" });
  expect(shown).toContain(en.cli.cancelled);
  expect(code).toBe(0);
});

it.skipIf(!HAS_TERMINALS)("offers the page too, where nobody has named either", async () => {
  const { shown, code } = await atTerminal({
    args: [],
    env: { ...env(), SSH_CONNECTION: "203.0.113.9 50122 198.51.100.4 22" },
    columns: COLUMNS,
    steps: [enter(talk.where), { see: en.choose.question, type: KEYS.stop }],
  });
  expect(shown).toContain(talk.page);
  expect(code).toBe(130);
});

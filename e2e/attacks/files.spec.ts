/** Attacks by way of the files and the commands: what lies where our files should, and hostile words. */

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { attackScene, KEY, treeHash } from "@/e2e/support/attack-scene";
import { installFakeOpenClaw } from "@/e2e/support/fake-openclaw";
import {
  compose,
  enter,
  goToReview,
  type HeaderLine,
  leadsTo,
  send,
} from "@/e2e/support/raw-visitor";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { applyTransaction } from "@/lib/files/apply";
import { ensurePrivateDirectory, placeAt } from "@/lib/files/place";
import { acquireLock } from "@/lib/files/transaction/lock";

const isRoot = process.getuid?.() === 0;
/** Of nobody in particular. */
const OTHER = 12345;
const MODEL = "openai/gpt-5.5";

interface Trap {
  readonly name: string;
  /** Sets it up; what it returns takes it away again. */
  readonly set: (home: string, state: string) => undefined | (() => void) | Promise<undefined>;
  /** What the page says. */
  readonly says: string;
  /** Only the write itself can find it. */
  readonly unforeseen?: boolean;
  readonly env?: (home: string) => Record<string, string>;
  readonly needsRoot?: boolean;
}

const TRAPS: readonly Trap[] = [
  {
    name: "a config that is a link to a file elsewhere",
    set: (home, state) => {
      writeFileSync(join(home, "elsewhere"), "{}");
      symlinkSync(join(home, "elsewhere"), join(state, "openclaw.json"));
      return undefined;
    },
    says: "The file is a link that leads elsewhere",
  },
  {
    name: "a .env that is a link to nothing, elsewhere",
    set: (home, state) => {
      symlinkSync(join(home, "authorized_keys"), join(state, ".env"));
      return undefined;
    },
    says: "The file is a link that leads elsewhere",
  },
  {
    name: "a config that has a second name",
    set: (home, state) => {
      writeFileSync(join(home, "second"), "{}");
      linkSync(join(home, "second"), join(state, "openclaw.json"));
      return undefined;
    },
    says: "The file has a second name",
  },
  {
    name: "a private folder that is a link elsewhere",
    set: (home, state) => {
      mkdirSync(join(home, "elsewhere"));
      symlinkSync(join(home, "elsewhere"), join(state, ".openclaw-setup"));
      return undefined;
    },
    says: "The file is a link that leads elsewhere",
  },
  {
    name: "a lock that another process holds",
    set: async (_home, state) => {
      const place = placeAt(state);
      await ensurePrivateDirectory(place);
      acquireLock(place);
      return undefined;
    },
    says: "Another program is writing these files",
    unforeseen: true,
  },
  {
    name: "a config of another user",
    set: (_home, state) => {
      writeFileSync(join(state, "openclaw.json"), "{}");
      chownSync(join(state, "openclaw.json"), OTHER, OTHER);
      return undefined;
    },
    says: "The file belongs to another user",
    needsRoot: true,
  },
  {
    name: "a disk without room",
    set: (_home, state) => {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k,mode=700", "tmpfs", state]);
      writeFileSync(join(state, "filler"), Buffer.alloc(12 * 1024));
      return () => execFileSync("umount", ["-l", state]);
    },
    says: "The disk is full",
    unforeseen: true,
    needsRoot: true,
  },
  {
    name: "a file system mounted read-only",
    set: (_home, state) => {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k,ro", "tmpfs", state]);
      return () => execFileSync("umount", ["-l", state]);
    },
    says: "The disk is read-only",
    needsRoot: true,
  },
];

for (const { name, set, says, unforeseen = false, env, needsRoot } of TRAPS) {
  test(`9. Tricks with paths: ${name}`, async () => {
    test.skip(needsRoot === true && !isRoot, "needs the administrator");
    const openai = await startOpenAiServer();
    const home = await makeHome();
    const state = join(home, ".openclaw");
    mkdirSync(state, { mode: 0o700 });
    const away = await set(home, state);
    const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url, ...env?.(home) });
    try {
      const visitor = await enter(setup.url);
      const form = await goToReview(visitor, KEY, MODEL);
      // On a disk that fills up midway our own folder is there already, empty.
      const before = await treeHash(home, ".openclaw-setup");
      // As text of the page: its data for the scripts holds every such sentence.
      const said = `>${says}<`;
      expect((await visitor.get("/review")).body.includes(said)).toBe(!unforeseen);
      const answer = await visitor.post(form);
      expect(await leadsTo(visitor, answer)).toBe("/review");
      const page = (await visitor.get("/review")).body;
      expect(page).toContain(said);
      expect(page).toContain(">Nothing was changed.<");
      expect(await treeHash(home, ".openclaw-setup")).toBe(before);
    } finally {
      away?.();
      await setup.close();
      await openai.close();
    }
  });
}

/** From the link to the pressed button, as a person would. */
async function write(page: Page, setup: SetupServer): Promise<void> {
  await page.goto(setup.url);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Pick a model" }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Write configuration" }).click();
}

test("9. Tricks with paths: a directory one may not write to is named, and mended works", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const state = join(home, ".openclaw");
  mkdirSync(state);
  chmodSync(state, 0o500);
  if (isRoot) {
    // The administrator may write anywhere: somebody else then.
    chownSync(home, OTHER, OTHER);
    chownSync(state, OTHER, OTHER);
  }
  const setup = await startSetup(
    home,
    { OPENAI_BASE_URL: openai.url },
    ["--no-open"],
    isRoot ? OTHER : undefined,
  );
  try {
    const before = await treeHash(home);
    await write(page, setup);
    await expect(page.getByText("This place cannot be written to")).toBeVisible();
    await expect(page.getByText("You have no permission to write")).toContainText(
      "~/.openclaw/.env",
    );
    await page.screenshot({ path: "test-results/unwritable.png", fullPage: true });
    expect(await treeHash(home)).toBe(before);
    chmodSync(state, 0o700);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written")).toBeVisible();
    expect(readFileSync(join(state, ".env"), "utf8")).toBe(`OPENAI_API_KEY=${KEY}\n`);
  } finally {
    await setup.close();
    await openai.close();
  }
});

for (const [name, set, says] of [
  ["a folder", (path: string) => mkdirSync(path), "This is not an ordinary file"],
  ["a fifo", (path: string) => execFileSync("mkfifo", [path]), "This is not an ordinary file"],
  ["a link to itself", (path: string) => symlinkSync(path, path), "The link leads in a circle"],
] as const) {
  test(`9. Tricks with paths: ${name} in place of the config is named at once`, async ({
    page,
  }) => {
    const home = await makeHome();
    mkdirSync(join(home, ".openclaw"), { mode: 0o700 });
    const config = join(home, ".openclaw", "openclaw.json");
    set(config);
    const setup = await startSetup(home);
    try {
      await page.goto(setup.url);
      const alert = page.getByRole("alert").filter({ hasText: says });
      await expect(alert).toContainText(config);
      rmSync(config, { recursive: true });
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
    } finally {
      await setup.close();
    }
  });
}

test("9. Tricks with paths: the state directory is what its name comes to, and no more is served", async () => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  mkdirSync(join(home, "a"));
  mkdirSync(join(home, ".ssh"));
  writeFileSync(join(home, ".ssh", "id"), "a private key");
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_STATE_DIR: `${home}/a/../state/./x/..`,
  });
  try {
    const visitor = await enter(setup.url);
    const form = await goToReview(visitor, KEY, MODEL);
    for (const name of [
      "..%2f..%2f.ssh%2fid",
      "%2e%2e/%2e%2e/.ssh/id",
      `..${home}/.ssh/id`,
      ".env",
    ]) {
      const answer = await visitor.get(`/download/${name}`);
      expect(answer.status, name).toBe(404);
      expect(answer.text).not.toContain("a private key");
    }
    expect((await visitor.post(form)).head).toMatch(/^location: \/done$/imu);
    expect(existsSync(join(home, "state", "openclaw.json"))).toBe(true);
    expect(existsSync(join(home, "state", ".env"))).toBe(true);
    expect(existsSync(join(home, "state", "x"))).toBe(false);
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("9. A write that was cut off is finished before the first page", async () => {
  const home = await makeHome();
  const state = join(home, ".openclaw");
  // What the page of this home has written itself is under the key of this home.
  process.env["XDG_STATE_HOME"] = join(home, ".local", "state");
  const done = await applyTransaction(
    [
      { path: join(state, ".env"), before: null, after: Buffer.from("A=1\n"), mode: 0o600 },
      { path: join(state, "openclaw.json"), before: null, after: Buffer.from("{}\n"), mode: 0o600 },
    ],
    { root: state, label: "test" },
  );
  if (!done.ok) throw new Error(done.error.code);
  // As a kill between the last rename and the end leaves it; the name tells how far it has come.
  const journal = join(state, ".openclaw-setup", "transactions", done.value.id);
  renameSync(join(journal, "done.json"), join(journal, "commit.json"));
  delete process.env["XDG_STATE_HOME"];
  const setup = await startSetup(home);
  try {
    expect(setup.output()).toContain("A write that was cut off has been finished.");
    expect(setup.output()).toContain(join(state, ".env"));
    expect(existsSync(join(journal, "done.json"))).toBe(true);
    expect(readFileSync(join(state, ".env"), "utf8")).toBe("A=1\n");
  } finally {
    await setup.close();
  }
});

test("10. Lost updates: what was not previewed is not overwritten", async () => {
  const scene = await attackScene();
  // The same home in a second process.
  const openai = await startOpenAiServer();
  const other = await startSetup(scene.setup.home, { OPENAI_BASE_URL: openai.url });
  try {
    const rival = await enter(other.url);
    const theirs = await goToReview(rival, `${KEY}0`, "openai/gpt-5.2");

    // Two tabs of one visit: the older one shows what is no longer chosen.
    const stale = scene.write;
    const fresh = await goToReview(scene.visitor, KEY, "openai/gpt-5.4");
    expect(fresh.fields["digest"]).not.toBe(stale.fields["digest"]);
    const before = await treeHash(scene.setup.home);
    expect(await leadsTo(scene.visitor, await scene.visitor.post(stale))).toBe("/review");
    expect((await scene.visitor.get("/review")).body).toContain(
      "Something was chosen otherwise in another tab",
    );
    expect((await scene.visitor.post(fresh, { digest: "" })).head).toMatch(/\/review$/imu);
    expect(await treeHash(scene.setup.home)).toBe(before);

    // The other process writes first; of two at the same moment at most one does.
    const ends = await Promise.all([
      scene.visitor.post(fresh).then((answer) => leadsTo(scene.visitor, answer)),
      rival.post(theirs).then((answer) => leadsTo(rival, answer)),
    ]);
    expect(ends.sort()).toEqual(["/done", "/review"]);
    const config = readFileSync(scene.config, "utf8");
    const key = readFileSync(join(scene.setup.home, ".openclaw", ".env"), "utf8");
    expect([config.includes("gpt-5.4"), key.includes(`${KEY}\n`)]).toEqual(
      config.includes("gpt-5.2") ? [false, false] : [true, true],
    );

    // OpenClaw itself, or an editor, between the preview and the write: same size, same time.
    const again = await goToReview(scene.visitor, KEY, "openai/gpt-5.1");
    writeFileSync(scene.config, config.replace("victim", "VICTIM"));
    const meddled = await treeHash(scene.setup.home);
    expect(await leadsTo(scene.visitor, await scene.visitor.post(again))).toBe("/review");
    expect(await treeHash(scene.setup.home)).toBe(meddled);
  } finally {
    await other.close();
    await openai.close();
    await scene.close();
  }
});

test("11. Command injection: names are names, for every program that is run", async () => {
  const openai = await startOpenAiServer();
  const outer = await makeHome();
  const hit = join(outer, "hit");
  // A home whose name would do something in any shell.
  const home = join(outer, `$(touch hit) \`touch hit\` ' " ; touch hit & --flag\n`);
  mkdirSync(home);
  const fake = await installFakeOpenClaw(join(home, "openclaw"));
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: fake.bin,
    PWNED: "a secret of another program",
    NODE_OPTIONS: "--no-warnings",
    npm_config_token: "a-token-of-npm",
  });
  try {
    const visitor = await enter(setup.url);
    const form = await goToReview(visitor, KEY, MODEL);
    // Only that program writes down how it was run.
    const before = await treeHash(home, "runs.log");
    for (const model of [
      "openai/$(touch hit)",
      "openai/`touch hit`",
      "openai/x;touch hit",
      "openai/x\ntouch hit",
      "--config=/etc/passwd",
      "-x/y",
      "openai/--help x",
      "openai/x' ; touch hit '",
      "openai/../../x",
      "openai/x\u0000y",
      "$OPENAI_API_KEY/x",
    ]) {
      await visitor.post(await visitor.form("/model", 'name="other"'), { other: model });
      const page = (await visitor.get("/model")).body;
      expect(page, model).toContain("This is not a model reference");
    }
    expect(await treeHash(home, "runs.log")).toBe(before);
    expect((await visitor.post(form)).head).toMatch(/^location: \/done$/imu);
    await expect.poll(async () => (await fake.runs()).length).toBeGreaterThan(0);
    await expect
      .poll(async () => (await visitor.get("/done")).body)
      .not.toContain("checks the files");
    for (const { args, env } of await fake.runs()) {
      expect([
        ["config", "validate", "--json"],
        ["models", "status", "--json"],
        // The rehearsal runs the planned files beside the person who reads them.
        ["infer", "model", "run", "--local", "--agent", "main", "--prompt=ping", "--json"],
        ["--version"],
      ]).toContainEqual(args);
      // Before the write it is asked in a home of its own, the person's named without its last line; a rehearsal has both.
      const isPrivate = env["HOME"]?.includes("openclaw-setup-check-") ?? false;
      const isRehearsal = isPrivate && env["OPENCLAW_HOME"] === env["HOME"];
      if (!isPrivate) expect(env["HOME"]).toBe(home);
      else if (!isRehearsal) expect(env["OPENCLAW_HOME"]).toBe(home.trim());
      expect(Object.keys(env)).not.toContain("PWNED");
      // A rehearsal has an option of its own, which keeps the network shut.
      expect(env["NODE_OPTIONS"] ?? "").not.toContain("--no-warnings");
      if (!isRehearsal) expect(Object.keys(env)).not.toContain("NODE_OPTIONS");
      expect(Object.keys(env)).not.toContain("npm_config_token");
      expect(JSON.stringify(args)).not.toContain(KEY);
    }
    expect(existsSync(hit)).toBe(false);
    expect(existsSync("hit")).toBe(false);
  } finally {
    await setup.close();
    await openai.close();
    rmSync(outer, { recursive: true, force: true });
  }

  for (const profile of ["../x", "$(touch hit)", "x;y", "--help", "a/b", "", "x y"]) {
    const started = await startSetup(await makeHome(), {}, [
      "--no-open",
      `--profile=${profile}`,
    ]).then(
      (server) => server.close().then(() => "started"),
      (error: Error) => error.message,
    );
    expect(started, profile).toContain("ended with 2");
  }
});

test("a request for another file of this machine is no request of ours", async () => {
  const scene = await attackScene();
  try {
    const headers: HeaderLine[] = [
      ["Host", scene.visitor.host],
      ["Cookie", scene.visitor.cookie],
    ];
    for (const target of [
      "/../../../../etc/passwd",
      "/_next/static/../../../package.json",
      "/_next/static/%2e%2e/%2e%2e/%2e%2e/package.json",
      "/..%2f..%2f..%2fetc%2fpasswd",
      "/.next/BUILD_ID",
      "/package.json",
      "/messages/en.json",
      "/dist/server.cjs",
      "/_next/image?url=%2Fdownload%2Fdot-env&w=64&q=75",
      "/_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75",
    ]) {
      const answer = await send(scene.visitor.port, compose("GET", target, headers));
      expect([400, 404, 308], target).toContain(answer.status);
      expect(answer.text).not.toMatch(/root:|"dependencies"|"name": "openclaw-setup"/u);
    }
  } finally {
    await scene.close();
  }
});

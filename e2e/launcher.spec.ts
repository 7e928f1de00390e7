/** The command: `npm start` as a person meets it, on the oldest, a current and a too old Node. */

import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { installNodeVersion } from "@/e2e/releases/install";
import { enter } from "@/e2e/support/raw-visitor";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

interface Launch {
  readonly child: ChildProcess;
  output(): string;
  /** The address, once it is printed; null where it ends without one. */
  readonly ready: Promise<string | null>;
  readonly ended: Promise<number | null>;
}

/** In a process group of its own, as a terminal gives to each command. */
function launch(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Launch {
  const child = spawn(command, args, {
    env: { PATH: "/usr/bin:/bin", ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ready = new Promise<string | null>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      const url = /^OpenClaw Setup is ready: (\S+)$/mu.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void ended.then(() => resolve(null));
  });
  return { child, output: () => output, ready, ended };
}

// One after another: they look at the folders of the build, and one makes pages in `.next/dev`.
test.describe.configure({ mode: "default" });

const START = ["bin/start.mjs", "--no-open", "--port"];

/** Every file of a built program with what changes when it is written again. */
function written(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => {
      const { ino, mtimeMs, size } = statSync(join(folder, name));
      return `${name} ${ino} ${mtimeMs} ${size}`;
    })
    .sort();
}

test("a start with nothing changed builds and installs nothing", async () => {
  const before = [written(".next"), written("dist")];
  const setup = await startSetup(await makeHome());
  try {
    await enter(setup.url);
    expect([written(".next"), written("dist")]).toEqual(before);
    expect(setup.output()).not.toMatch(/Preparing|Installing|next\.config|⚠/u);
    expect(setup.output().match(/^OpenClaw Setup is ready: /gmu)?.length).toBe(1);
  } finally {
    await setup.close();
  }
});

test("npm start ends cleanly on Ctrl-C, for all that the terminal started", async () => {
  const home = await makeHome();
  const npm = launch("npm", ["start", "--", "--no-open", "--port", "0"], {
    HOME: home,
    PATH: process.env["PATH"] ?? "",
  });
  try {
    const url = await npm.ready;
    expect(url, npm.output()).not.toBeNull();
    const visitor = await enter(url ?? "");
    expect((await visitor.get("/")).status).toBe(200);
    process.kill(-(npm.child.pid ?? 0), "SIGINT");
    await npm.ended;
    expect((await visitor.get("/")).status).toBe(0);
    expect(npm.output()).not.toMatch(/Error|^\s+at /mu);
    // Nothing of the group is left.
    expect(() => process.kill(-(npm.child.pid ?? 0), 0)).toThrow("ESRCH");
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`npm start leaves nothing on the port once npm itself gets ${signal}`, async () => {
    const home = await makeHome();
    const npm = launch("npm", ["start", "--", "--no-open", "--port", "0"], {
      HOME: home,
      PATH: process.env["PATH"] ?? "",
    });
    try {
      const url = await npm.ready;
      const visitor = await enter(url ?? "");
      expect((await visitor.get("/")).status).toBe(200);
      process.kill(npm.child.pid ?? 0, signal);
      await expect.poll(async () => (await visitor.get("/")).status).toBe(0);
      await expect.poll(() => isGroupLeft(npm.child.pid ?? 0)).toBe(false);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
}

function isGroupLeft(leader: number): boolean {
  try {
    process.kill(-leader, 0);
    return true;
  } catch {
    return false;
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test(`${signal} ends it with status 0, and it says nothing more`, async () => {
    const setup = await startSetup(await makeHome());
    try {
      const said = setup.output();
      process.kill(setup.pid, signal);
      expect(await setup.ended).toBe(0);
      expect(setup.output()).toBe(said);
    } finally {
      await setup.close();
    }
  });
}

for (const host of ["127.0.0.1", "::1"]) {
  test(`a port that is taken on ${host} is named, with another to take`, async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen({ host, port: 0, exclusive: true }, resolve));
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const home = await makeHome();
    try {
      for (const [locale, says] of [
        ["en", `Port ${port} is already in use by `],
        ["fr", `Le port ${port} est déjà utilisé par `],
      ]) {
        const args = [...START, port, "--locale", locale ?? ""];
        const started = launch(process.execPath, args, { HOME: home });
        expect(await started.ready).toBeNull();
        expect(await started.ended).toBe(1);
        expect(started.output()).toContain(says);
        expect(started.output()).toContain(`${process.pid})`);
        expect(started.output()).toContain("npm start -- --port 1466");
        expect(started.output()).not.toMatch(/^\s+at /mu);
      }
    } finally {
      await new Promise((done) => other.close(done));
      await rm(home, { recursive: true, force: true });
    }
  });
}

for (const version of ["20.9.0", "24.21.0"]) {
  test(`it serves its page on Node ${version}`, async ({ page }) => {
    test.setTimeout(5 * 60_000);
    const node = await installNodeVersion(version);
    const home = await makeHome();
    const started = launch(node, [...START, "0"], { HOME: home });
    try {
      const url = await started.ready;
      expect(url, started.output()).not.toBeNull();
      await page.goto(url ?? "");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("textbox", { name: "OpenAI API key" }).fill("sk-ant-not-of-openai");
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page.locator("#key-error")).toBeVisible();
      await page.getByRole("button", { name: "End OpenClaw Setup" }).click();
      await expect(page.getByRole("heading", { name: "OpenClaw Setup has ended" })).toBeVisible();
      expect(await started.ended).toBe(0);
      expect(started.output()).not.toMatch(/warning|deprecat|^\s+at /imu);
    } finally {
      started.child.kill("SIGKILL");
      await rm(home, { recursive: true, force: true });
    }
  });
}

test("npm run dev compiles the page behind the same door, and hot reload reaches it", async ({
  page,
}) => {
  test.setTimeout(5 * 60_000);
  const home = await makeHome();
  const started = launch(process.execPath, [...START, "0", "--dev"], { HOME: home });
  try {
    const url = (await started.ready) ?? "";
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    const connected = page.waitForEvent("console", {
      predicate: (message) => message.text().includes("[HMR] connected"),
      timeout: 120_000,
    });
    await page.goto(url);
    await expect(page.getByRole("radio", { name: "API key" })).toBeVisible();
    await connected;
    expect(complaints).toEqual([]);
    const stranger = await fetch(new URL("/", url));
    expect(stranger.status).toBe(403);
  } finally {
    process.kill(-(started.child.pid ?? 0), "SIGTERM");
    await started.ended;
    await rm(home, { recursive: true, force: true });
  }
});

test("on a Node that is too old it says so, and what to do", async () => {
  test.setTimeout(5 * 60_000);
  const node = await installNodeVersion("18.20.4");
  for (const [lang, says] of [
    ["C", "OpenClaw Setup needs Node.js 20.9.0 or newer; this is 18.20.4."],
    [
      "fr_FR.UTF-8",
      "OpenClaw Setup demande Node.js 20.9.0 ou plus récent ; la version trouvée est 18.20.4.",
    ],
  ]) {
    for (const program of ["bin/start.mjs", "tools/test.mjs"]) {
      const started = launch(node, [program], { LANG: lang ?? "" });
      expect(await started.ended).toBe(1);
      expect(started.output().replaceAll("\u00a0", " ")).toContain(says);
      expect(started.output()).toContain("https://nodejs.org/");
      expect(started.output()).not.toMatch(/Error|^\s+at /mu);
    }
  }
});

/** Attacks on the ChatGPT sign-in while it is under way, and its tokens looked for everywhere after. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { HOSTILE, hostileLaunch, startHostileSite, treeHash } from "@/e2e/support/attack-scene";
import { canarySearch } from "@/e2e/support/canary";
import { compose, type HeaderLine, send } from "@/e2e/support/raw-visitor";
import { makeHome, startSetup } from "@/e2e/support/setup-server";
import { begin, chooseChatGpt, consent, signedIn } from "@/e2e/support/sign-in";

test.use(hostileLaunch);

/** Of the registered redirect address. */
const PORT = 1455;
const LOOPBACK = ["0100007F", "00000000000000000000000001000000"];

test("5. State and code injection: strangers end no sign-in, begin none, and see no token", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const service = await startChatGptIssuer();
  const hostile = await startHostileSite();
  const home = await makeHome();
  const temporary = await mkdtemp(join(tmpdir(), "canary-tmp-"));
  const setup = await startSetup(home, {
    CHATGPT_ISSUER: service.url,
    DISPLAY: ":0",
    TMPDIR: temporary,
  });
  const before = await treeHash(home);
  const search = canarySearch(() =>
    service.issued
      .filter(({ kind }) => /token/u.test(kind))
      // Signed tokens begin alike; what follows the first dot is their own.
      .flatMap(({ token }) => (token.includes(".") ? token.split(".").slice(1) : [token])),
  );
  try {
    await chooseChatGpt(page, setup.url);
    await begin(page, service);
    const state =
      service.seen.findLast(({ path }) => path === "/oauth/authorize")?.query["state"] ?? "";
    expect(Buffer.from(state, "base64url").length).toBeGreaterThanOrEqual(16);

    const listeners = (
      await Promise.all(["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8")))
    )
      .flatMap((text) => text.split("\n").map((line) => line.trim().split(/\s+/u)))
      .filter(
        ([, local = "", , kind]) =>
          kind === "0A" && local.endsWith(`:${PORT.toString(16).toUpperCase().padStart(4, "0")}`),
      )
      .map(([, local = ""]) => local.split(":")[0] ?? "");
    expect(listeners.length).toBeGreaterThan(0);
    expect(listeners.filter((address) => !LOOPBACK.includes(address))).toEqual([]);

    const own: HeaderLine = ["Host", `localhost:${PORT}`];
    const wrong = "x".repeat(43);
    const attempts: string[] = [
      compose("GET", `/auth/callback?code=stolen&state=${wrong}`, [own]),
      compose("GET", "/auth/callback?code=stolen", [own]),
      compose("GET", `/auth/callback?code=stolen&state=${state}&state=${wrong}`, [own]),
      compose("GET", `/auth/callback?code=stolen&state=${wrong}&state=${state}`, [own]),
      compose("GET", `/auth/callback?code=stolen&state=${state}%00`, [own]),
      compose("POST", `/auth/callback?code=stolen&state=${state}`, [own], "x"),
      compose("GET", `/auth/callback?code=stolen&state=${state}`, [["Host", `${HOSTILE}:${PORT}`]]),
      compose("GET", `http://${HOSTILE}/auth/callback?code=stolen&state=${state}`, [
        ["Host", HOSTILE],
      ]),
      compose("GET", `/auth/callback?error=access_denied&state=${wrong}`, [own]),
      compose("GET", "/cancel", [own, ["Sec-Fetch-Site", "cross-site"]]),
      compose("GET", "/cancel", [["Host", `${HOSTILE}:${PORT}`]]),
    ];
    for (const bytes of [...attempts, ...Array.from({ length: 200 }, () => attempts[0] ?? "")]) {
      const answer = await send(PORT, bytes);
      expect(answer.status, bytes).toBeGreaterThanOrEqual(300);
      const location = /^location: (.*)$/imu.exec(answer.head)?.[1] ?? setup.url;
      expect(new URL(location).host).toBe(new URL(setup.url).host);
      expect(answer.text).not.toContain(state);
    }
    // Our own addresses, without the visit's cookie: they lead on, and nobody is let in.
    const { host, port } = new URL(setup.url);
    for (const path of ["/auth/callback", "/api/auth/callback/openai-codex", "/sign-in/return"]) {
      const target = `${path}?code=stolen&state=${state}`;
      const answer = await send(Number(port), compose("GET", target, [["Host", host]]));
      expect([200, 403]).toContain(answer.status);
      expect(answer.head.toLowerCase()).not.toContain("set-cookie");
      expect(answer.text).not.toContain(home);
    }
    // A page that wants the port for itself, or a login of the attacker's in this visit.
    hostile.show("<!doctype html><title>attack</title><body>");
    const attacker = await context.newPage();
    for (const origin of [
      `http://${HOSTILE}:${hostile.port}`,
      `http://localhost:${hostile.port}`,
    ]) {
      await attacker.goto(origin);
      await attacker.evaluate(
        async ([relay, page]) => {
          for (const to of [
            `${relay}/cancel`,
            `${relay}/auth/callback?code=stolen&state=x`,
            `${page}/sign-in/return?code=stolen&state=x`,
            `${page}/sign-in/start`,
          ]) {
            for (const method of ["GET", "POST"]) {
              await fetch(to, { method, mode: "no-cors", credentials: "include" }).catch(() => {});
            }
            const frame = document.createElement("iframe");
            frame.src = to;
            document.body.append(frame);
          }
          await new Promise((done) => setTimeout(done, 1000));
        },
        [`http://localhost:${PORT}`, `http://${host}`] as const,
      );
    }
    await attacker.close();
    expect(service.seen.filter(({ path }) => path === "/oauth/token")).toEqual([]);
    expect(service.issued).toEqual([]);
    expect(await treeHash(home)).toBe(before);

    // After all of it the person's own sign-in ends as it should, and only once.
    search.watch(page);
    await consent(page);
    await expect(signedIn(page)).toBeVisible();
    expect(service.seen.filter(({ path }) => path === "/oauth/token").length).toBe(1);
    expect(service.issued.length).toBeGreaterThan(1);
    for (const path of ["/sign-in", "/", "/key", "/model", "/review", "/done"]) {
      await page.goto(`http://${host}${path}`);
      await search.page(path, page);
    }
    await search.processes();
    await search.settled();
    search.text("what the server printed", setup.output());
    process.kill(setup.pid, "SIGKILL");
    await search.folder("the temporary directory", temporary);
    await search.folder("the home", home);
    for (const built of [".next/cache", "dist"]) await search.folder("the program", built);
    expect(search.searched).toBeGreaterThan(50);
    expect(search.found).toEqual([]);
  } finally {
    await setup.close();
    await hostile.close();
    await service.close();
    await rm(temporary, { recursive: true, force: true });
  }
});

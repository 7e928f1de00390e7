/** Attacks by way of the page: frames, injected text, redirects. */

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import {
  attackScene,
  HOSTILE,
  hostileLaunch,
  type Scene,
  startHostileSite,
} from "@/e2e/support/attack-scene";
import { compose, type HeaderLine, send } from "@/e2e/support/raw-visitor";

test.use(hostileLaunch);

let scene: Scene;

test.beforeEach(async () => {
  scene = await attackScene();
});

test.afterEach(() => scene.close());

const PROTECTIVE = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

test("6a. Clickjacking and injection: every answer forbids frames, inline scripts and eval", async () => {
  const { port, host, cookie } = scene.visitor;
  const own: HeaderLine[] = [
    ["Host", host],
    ["Cookie", cookie],
  ];
  const origin: HeaderLine = ["Origin", `http://${host}`];
  const script = /\/_next\/static\/[^"]+\.js/u.exec((await scene.visitor.get("/")).body)?.[0];
  const requests: Record<string, string> = {
    "the first page": compose("GET", "/", own),
    "the review": compose("GET", "/review", own),
    "its data": compose("GET", "/review?_rsc=1", [...own, ["RSC", "1"]]),
    "a download": compose("GET", "/download/openclaw.json", own),
    "no such download": compose("GET", "/download/none", own),
    "no such page": compose("GET", "/none", own),
    "no such script": compose("GET", "/_next/static/none.js", own),
    "a script": compose("GET", script ?? "/missing", own),
    "an image": compose("GET", "/mark.svg", own),
    "an image made smaller": compose("GET", "/_next/image?url=%2Fmark.svg&w=64&q=75", own),
    "a corrected address": compose("GET", "/review//", own),
    "a broken escape": compose("GET", "/%E0%A4%A", own),
    "a form nobody made": compose("POST", "/", [...own, origin], "x"),
    "an action that does not exist": compose(
      "POST",
      "/",
      [...own, origin, ["Next-Action", "0".repeat(42)], ["Content-Type", "text/plain"]],
      "[]",
    ),
    "a broken form": compose(
      "POST",
      "/review",
      [...own, origin, ["Content-Type", "multipart/form-data; boundary=x"]],
      "--x\r\nnonsense",
    ),
    "the locked page": compose("GET", "/", [["Host", host]]),
    "a wrong link": compose("GET", "/?token=x", [["Host", host]]),
    "another name": compose("GET", "/", [["Host", HOSTILE]]),
    "another method": compose("DELETE", "/", own),
    "no HTTP": "nonsense\r\n\r\n",
    "a header that is none": `GET / HTTP/1.1\r\nHost: ${host}\r\nnonsense\r\n\r\n`,
    "no name": "GET / HTTP/1.1\r\n\r\n",
    "an expectation": compose("GET", "/", [...own, ["Expect", "the-impossible"]]),
    "an address too long": compose("GET", `/${"x".repeat(64 * 1024)}`, own),
  };
  const nonces = new Set<string>();
  for (const [what, bytes] of Object.entries(requests)) {
    const answer = await send(port, bytes);
    expect(answer.status, what).toBeGreaterThanOrEqual(200);
    const headers = Object.fromEntries(
      answer.head
        .split("\r\n")
        .slice(1)
        .map((line) => [line.split(":")[0]?.toLowerCase(), line.slice(line.indexOf(":") + 2)]),
    );
    expect(headers, what).toMatchObject(PROTECTIVE);
    expect(headers["referrer-policy"], what).toMatch(/^(?:no-referrer|same-origin)$/u);
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, what).not.toMatch(/unsafe|\*|https?:/u);
    for (const rule of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      "base-uri 'none'",
    ]) {
      expect(policy, what).toContain(rule);
    }
    expect(headers, what).not.toHaveProperty("x-powered-by");
    // Only what this build is made of may be kept.
    const kept = what === "a script" ? "immutable" : "no-store";
    expect(headers["cache-control"], what).toContain(kept);
    expect(answer.text, what).not.toMatch(/\n\s+at .*\(.*:\d+:\d+\)/u);
    const nonce = /'nonce-([^']+)'/u.exec(policy)?.[1] ?? "";
    expect(nonces.has(nonce), `a nonce used twice: ${what}`).toBe(false);
    nonces.add(nonce);
    for (const [tag] of answer.body.matchAll(/<(?:script|style)\b[^>]*>/gu)) {
      expect(tag, what).toContain(`nonce="${nonce}"`);
    }
    expect(answer.body, what).not.toMatch(/<[^>]+\son\w+=/u);
  }
  await scene.unharmed();

  // A page that breaks.
  await rm(scene.config);
  await mkdir(scene.config);
  const broken = await scene.visitor.get("/review");
  expect(broken.head).toContain("content-security-policy: default-src 'none'");
  const nonce = /'nonce-([^']+)'/u.exec(broken.head)?.[1] ?? "none";
  for (const [tag] of broken.body.matchAll(/<(?:script|style)\b[^>]*>/gu)) {
    expect(tag).toContain(`nonce="${nonce}"`);
  }
  expect(/node_modules|\.next\/|\(.*:\d+:\d+\)/u.exec(broken.body)?.[0]).toBeUndefined();
});

test("6b. Clickjacking: no other page has ours in a frame or in its hands", async ({
  page,
  context,
}) => {
  const hostile = await startHostileSite();
  const { host, cookie } = scene.visitor;
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, domain: "localhost", path: "/" }]);
  hostile.show(
    `<!doctype html><title>attack</title><iframe src="http://${host}/review"></iframe>
    <object data="http://${host}/review"></object><a target="ours" href="http://${host}/review">open</a>`,
  );
  for (const origin of [`http://${HOSTILE}:${hostile.port}`, `http://localhost:${hostile.port}`]) {
    await page.goto(origin);
    for (const frame of page.frames().slice(1)) {
      // A refused frame may be taken away meanwhile.
      scene.revealsNothing(await frame.content().catch(() => ""));
    }
    const [opened] = await Promise.all([
      context.waitForEvent("page"),
      page.evaluate(() => {
        Object.assign(globalThis, { opened: window.open(document.querySelector("a")?.href) });
      }),
    ]);
    await opened.waitForLoadState();
    const held = await page.evaluate(() => {
      const { opened } = globalThis as unknown as { opened: Window | null };
      try {
        return opened?.closed !== false ? "cut off" : (opened.document.title ?? "read");
      } catch {
        return "held";
      }
    });
    expect(held).toBe("cut off");
    await opened.close();
  }
  await hostile.close();
  await scene.unharmed();
});

test("6c. Injection: what stands in the files is shown as text, and looks like what it is", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const payload = `</script><script>globalThis.hit=1</script><img src=x onerror="globalThis.hit=1">`;
  const dangling = `<img src='http://${HOSTILE}/?`;
  const long = "A".repeat(1024 * 1024);
  await writeFile(
    scene.config,
    `// ${payload} ${dangling} \u202E reversed \u2066\n${JSON.stringify(
      {
        [payload]: payload,
        agents: { defaults: { model: `openai/gpt-5.2` }, list: [{ id: "main", name: payload }] },
        meta: { note: `\u202E}\u2066 // off \u2069`, long },
      },
      null,
      1,
    ).replace(
      '"meta"',
      '"__proto__": {"polluted": true}, "constructor": {"prototype": 1}, "meta"',
    )}\n`,
  );
  await writeFile(join(scene.setup.home, ".openclaw", ".env"), `A=${payload}\nB="${dangling}"\n`);
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const { host } = new URL(request.url());
    if (host !== scene.visitor.host) elsewhere.push(request.url());
  });
  const [name = "", value = ""] = scene.visitor.cookie.split("=");
  await context.addCookies([{ name, value, domain: "localhost", path: "/" }]);
  for (const path of ["/", "/key", "/model", "/review"]) {
    await page.goto(`http://${scene.visitor.host}${path}`);
    await expect(page.locator("h1")).toBeVisible();
    expect(await page.evaluate(() => "hit" in globalThis)).toBe(false);
    expect(await page.evaluate(() => "polluted" in {})).toBe(false);
  }
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("</script>");
  // A character that turns the reading order round would show another file than is written.
  const shown = await page.locator("#content").evaluate((main) => main.textContent ?? "");
  expect(/[\u202A-\u202E\u2066-\u2069]/u.exec(shown)?.[0]).toBeUndefined();
  expect(shown.includes("⟨U+202E⟩ reversed")).toBe(true);
  expect(complaints).toEqual([]);
  expect(elsewhere).toEqual([]);
});

test("7. Open redirects: whatever an address or a form asks for, one stays here", async ({
  page,
  context,
}) => {
  const { port, host, cookie } = scene.visitor;
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, domain: "localhost", path: "/" }]);
  const places = [
    `http://${HOSTILE}`,
    `//${HOSTILE}`,
    `/\\${HOSTILE}`,
    `\\\\${HOSTILE}`,
    `/%5c${HOSTILE}`,
    `/%2f${HOSTILE}`,
    `///${HOSTILE}`,
    `https:${HOSTILE}`,
    "javascript:alert(1)",
    "data:text/html,x",
    `http://${host}@${HOSTILE}`,
    `/\t/${HOSTILE}`,
    `%0d%0aLocation: http://${HOSTILE}`,
  ];
  const stays = (head: string, asked: string) => {
    const location = /^location: (.*)$/imu.exec(head)?.[1]?.trim();
    if (location === undefined) return;
    // As a browser would read it from the page that was asked for.
    expect(new URL(location, `http://${host}/`).host, asked).toBe(host);
    expect(head.match(/^location:/gimu)?.length, asked).toBe(1);
  };
  for (const place of places) {
    const encoded = encodeURIComponent(place);
    const asked = [
      ...["callbackUrl", "redirect", "next", "from", "error", "to"].map(
        (key) => `/?${key}=${encoded}`,
      ),
      `/?token=x&to=${encoded}`,
      `/key?callbackUrl=${encoded}`,
      `/api/auth/signin?callbackUrl=${encoded}`,
      `/api/auth/callback/openai-codex?callbackUrl=${encoded}&code=x&state=y`,
      `/auth/callback?code=x&state=y&callbackUrl=${encoded}`,
      ...(/^[\\/%]/u.test(place)
        ? [place.replace("\t", "%09"), `${place.replace("\t", "%09")}/`]
        : []),
      `/${encoded}/`,
      `/${HOSTILE}//..//${encoded}`,
    ];
    for (const target of asked) {
      const answer = await send(
        port,
        compose("GET", target, [
          ["Host", host],
          ["Cookie", cookie],
        ]),
      );
      stays(answer.head, target);
    }
    for (const [name, value] of [
      ["locale", "fr"],
      ["theme", "dark"],
    ] as const) {
      const form = await scene.visitor.form("/key", `name="${name}"`);
      const answer = await scene.visitor.post(form, { [name]: value, from: place });
      expect(answer.status).toBe(303);
      stays(answer.head, `${name}, from=${place}`);
    }
  }
  for (const place of [`//${HOSTILE}/`, `/%2f%2f${HOSTILE}/`, `/\\${HOSTILE}/`, `/${HOSTILE}//`]) {
    await page.goto(`http://${host}${place}`).catch(() => {});
    const at = new URL(page.url());
    expect([host, ""], page.url()).toContain(at.host);
  }
  await scene.unharmed();
});

/** Attacks from the network and from other programs: what reaches the port without being the page. */

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import {
  attackScene,
  HOSTILE,
  hostileLaunch,
  type Scene,
  startHostileSite,
} from "@/e2e/support/attack-scene";
import {
  type Answer,
  compose,
  enter,
  type HeaderLine,
  multipart,
  send,
} from "@/e2e/support/raw-visitor";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

test.use(hostileLaunch);

let scene: Scene;

test.beforeEach(async () => {
  scene = await attackScene();
});

test.afterEach(() => scene.close());

function refused(answer: Answer, what: string, ...statuses: number[]): void {
  expect(statuses, `${what}: ${answer.head.slice(0, 200)}`).toContain(answer.status);
  expect(answer.head.toLowerCase()).not.toContain("set-cookie");
  scene.revealsNothing(answer.text);
}

test("1. DNS rebinding: no other name of this machine is served, with the right cookie even", async ({
  page,
}) => {
  const { port, host, cookie } = scene.visitor;
  const session: HeaderLine = ["Cookie", cookie];
  const own: HeaderLine = ["Host", host];
  const strangers: Record<string, HeaderLine[]> = {
    "another name": [["Host", `${HOSTILE}:${port}`]],
    "the name with a dot": [["Host", `localhost.:${port}`]],
    "a name that begins like ours": [["Host", `127.0.0.1.${HOSTILE}:${port}`]],
    "our name as a user": [["Host", `${host}@${HOSTILE}`]],
    "an address of the same machine": [["Host", `[::ffff:127.0.0.1]:${port}`]],
    "the address as a number": [["Host", `2130706433:${port}`]],
    "all addresses": [["Host", `0.0.0.0:${port}`]],
    "no port": [["Host", "localhost"]],
    "another port": [["Host", `localhost:${port + 1}`]],
    "an empty name": [["Host", ""]],
    "two names, ours first": [own, ["Host", `${HOSTILE}:${port}`]],
    "two names, ours last": [["Host", `${HOSTILE}:${port}`], own],
    "a forwarded name": [own, ["X-Forwarded-Host", `${HOSTILE}:${port}`]],
    "two forwarded names": [own, ["X-Forwarded-Host", `${host}, ${HOSTILE}`]],
    "two forwarded headers": [own, ["X-Forwarded-Host", host], ["X-Forwarded-Host", HOSTILE]],
    "the standard's forwarded": [own, ["Forwarded", `host=${HOSTILE}`]],
  };
  const { type, body } = multipart(scene.write.fields);
  for (const [what, headers] of Object.entries(strangers)) {
    for (const target of ["/", "/review", "/download/dot-env", "/mark.svg", "/?token=x"]) {
      refused(await send(port, compose("GET", target, [...headers, session])), what, 421, 400);
    }
    const name = headers.find(([key]) => key === "Host")?.[1] ?? "";
    for (const origin of [`http://${name}`, `http://${host}`]) {
      const post = [...headers, session, ["Origin", origin], ["Content-Type", type]] as const;
      refused(await send(port, compose("POST", "/review", post, body)), what, 421, 400);
    }
  }
  const old = `GET /review HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`;
  refused(await send(port, old), "no Host at all", 421, 400);
  for (const target of [`http://${HOSTILE}:${port}/review`, `http://${host}/review`, "*", "//x"]) {
    refused(await send(port, compose("GET", target, [own, session])), target, 400, 421);
  }

  // A page of the attacker's name, once that name was pointed here: same origin from then on.
  const first = await page.goto(`http://${HOSTILE}:${port}/`);
  expect(first?.status()).toBe(421);
  const answers = await page.evaluate(
    async ([contentType, form]) => {
      const read = async (path: string, init?: RequestInit) => {
        const answer = await fetch(path, init);
        return `${answer.status} ${await answer.text()}`;
      };
      return [
        await read("/review"),
        await read("/download/dot-env"),
        await read("/review", {
          method: "POST",
          body: form ?? "",
          headers: { "content-type": contentType ?? "" },
        }),
      ];
    },
    [type, body],
  );
  for (const answer of answers) {
    expect(answer).toMatch(/^421 /u);
    scene.revealsNothing(answer);
  }
  await scene.unharmed();
});

/** What a page can send without a preflight, and what it cannot: every one with what the visit needs. */
async function attackFrom(page: Page, target: string, fields: Readonly<Record<string, string>>) {
  await page.evaluate(
    async ([to, entries, encoded]) => {
      const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
      const inputs = Object.entries(entries)
        .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
        .join("");
      const form = (enctype: string) =>
        `<form method="post" action="${to}" enctype="${enctype}">${inputs}</form>`;
      for (const [index, enctype] of [
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "text/plain",
      ].entries()) {
        document.body.insertAdjacentHTML(
          "beforeend",
          form(enctype).replace("<form", `<form target="frame${index}"`) +
            `<iframe name="frame${index}"></iframe>`,
        );
        document.forms[document.forms.length - 1]?.submit();
      }
      const sandboxed = document.createElement("iframe");
      sandboxed.setAttribute("sandbox", "allow-scripts allow-forms");
      sandboxed.srcdoc = `${form("multipart/form-data")}<script>document.forms[0].submit()</script>`;
      document.body.append(sandboxed);
      const body = new FormData();
      for (const [name, value] of Object.entries(entries)) body.append(name, value);
      const action = Object.keys(entries)[0]?.replace("$ACTION_ID_", "") ?? "";
      const tries: RequestInit[] = [
        { method: "POST", mode: "no-cors", body },
        {
          method: "POST",
          mode: "no-cors",
          body: encoded,
          headers: { "content-type": "text/plain" },
        },
        { method: "POST", mode: "cors", body },
        { method: "POST", mode: "cors", body, headers: { "next-action": action } },
        { method: "PUT", mode: "cors", body },
        { method: "GET", mode: "no-cors" },
        { method: "GET", mode: "cors" },
      ];
      for (const init of tries) {
        await fetch(to, { credentials: "include", ...init }).then(
          async (answer) => {
            if ((await answer.text()) !== "") throw new Error("an answer was readable");
          },
          () => {},
        );
      }
      navigator.sendBeacon(to, body);
      for (const tag of ["img", "script", "iframe", "embed"] as const) {
        const element = document.createElement(tag);
        element.src = to;
        document.body.append(element);
      }
      await wait(1500);
    },
    [target, fields, multipart(fields).body] as const,
  );
}

test("2. CSRF: no other page, of another site or of another port, changes or reads anything", async ({
  page,
  context,
}) => {
  const hostile = await startHostileSite();
  hostile.show("<!doctype html><title>attack</title><body>");
  // The victim's own browser, let in and one click before the write.
  const { port, host } = scene.visitor;
  const [name = "", value = ""] = scene.visitor.cookie.split("=");
  await context.addCookies([
    { name, value, domain: "localhost", path: "/", httpOnly: true, sameSite: "Strict" },
  ]);
  await page.goto(`http://${host}/review`);
  await expect(page.getByRole("button", { name: "Write configuration" })).toBeVisible();
  const attacker = await context.newPage();
  const statuses: string[] = [];
  let posted = 0;
  attacker.on("request", (request) => {
    if (request.method() === "POST" && new URL(request.url()).host === host) posted += 1;
  });
  attacker.on("response", (answer) => {
    const request = answer.request();
    if (new URL(answer.url()).host === host) {
      statuses.push(`${request.method()} ${request.resourceType()} ${answer.status()}`);
    }
  });
  // The second shares our site, so that a SameSite cookie comes along.
  for (const origin of [`http://${HOSTILE}:${hostile.port}`, `http://localhost:${hostile.port}`]) {
    await attacker.goto(origin);
    posted = 0;
    await attackFrom(attacker, `http://${host}/review`, scene.write.fields);
    // Three forms, one of them sandboxed again, and three requests of a script at the least.
    await expect.poll(() => posted).toBeGreaterThan(6);
    await scene.unharmed();
    // At last the whole window: the page may come, but nothing of it is done.
    await attacker.evaluate(
      ([to, entries]) => {
        const form = document.createElement("form");
        Object.assign(form, { method: "post", action: to, enctype: "multipart/form-data" });
        for (const [name, value] of Object.entries(entries)) {
          const input = document.createElement("input");
          Object.assign(input, { name, value });
          form.append(input);
        }
        document.body.append(form);
        form.submit();
      },
      [`http://${host}/review`, scene.write.fields] as const,
    );
    await attacker.waitForURL(`http://${host}/review`);
    scene.revealsNothing(await attacker.content());
    await scene.unharmed();
  }
  expect(statuses).toContain("POST document 403");
  expect(statuses.filter((line) => !line.endsWith(" 403"))).toEqual([]);

  // Without a browser to tell where it came from.
  const { type, body } = multipart(scene.write.fields);
  const own: HeaderLine[] = [
    ["Host", host],
    ["Cookie", scene.visitor.cookie],
    ["Content-Type", type],
  ];
  const origins: Record<string, HeaderLine[]> = {
    "no origin": [],
    "an origin of null": [["Origin", "null"]],
    "another origin": [["Origin", `http://${HOSTILE}:${port}`]],
    "another port": [["Origin", `http://localhost:${port + 1}`]],
    "another scheme": [["Origin", `https://${host}`]],
    "another of our names": [["Origin", `http://127.0.0.1:${port}`]],
    "two origins": [
      ["Origin", `http://${host}`],
      ["Origin", `http://${HOSTILE}`],
    ],
    "another site": [
      ["Origin", `http://${host}`],
      ["Sec-Fetch-Site", "cross-site"],
    ],
    "another port of this site": [
      ["Origin", `http://${host}`],
      ["Sec-Fetch-Site", "same-site"],
    ],
  };
  for (const [what, headers] of Object.entries(origins)) {
    for (const target of ["/review", "/end"]) {
      const answer = await send(port, compose("POST", target, [...own, ...headers], body));
      refused(answer, what, 403);
    }
  }
  await scene.unharmed();

  // Led to a download, the browser would lay the key into a folder that others read.
  const led: HeaderLine[] = [
    ["Host", host],
    ["Cookie", scene.visitor.cookie],
    ["Sec-Fetch-Mode", "navigate"],
    ["Sec-Fetch-Dest", "document"],
  ];
  for (const target of [
    ...["/download/dot-env", "/download/openclaw.json", "/download/auth-profiles.json"],
    ...["/%64ownload/dot-env", "/key/../download/dot-env", "/./download/dot-env?a=b"],
  ]) {
    for (const site of ["cross-site", "same-site"]) {
      const bytes = compose("GET", target, [...led, ["Sec-Fetch-Site", site]]);
      refused(await send(port, bytes), target, 403);
    }
  }
  const downloads: string[] = [];
  attacker.on("download", (download) => downloads.push(download.url()));
  await attacker.goto(`http://localhost:${hostile.port}`);
  const answered = attacker.waitForResponse(`http://${host}/download/dot-env`);
  await attacker.evaluate((to) => location.assign(to), `http://${host}/download/dot-env`);
  expect((await answered).status()).toBe(403);
  await attacker.waitForURL(`http://${host}/download/dot-env`);
  expect(downloads).toEqual([]);
  scene.revealsNothing(await attacker.content());
  const taken = page.waitForEvent("download");
  await page.evaluate(() => location.assign("/download/dot-env"));
  expect((await taken).url()).toBe(`http://${host}/download/dot-env`);

  // The same from the page itself is done: the attack lacked nothing else.
  await page.getByRole("button", { name: "Write configuration" }).click();
  await expect(page.getByText("Configuration written")).toBeVisible();
  await hostile.close();
});

test("3. The network: nobody listens but on loopback, and 0.0.0.0 is no name of ours", async ({
  page,
}) => {
  const { port, cookie } = scene.visitor;
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((entry) => entry !== undefined && !entry.internal && !entry.address.startsWith("fe80"))
    .map((entry) => entry?.address ?? "");
  for (const address of [...others, "127.0.0.2"]) {
    const request = compose("GET", "/", [
      ["Host", `localhost:${port}`],
      ["Cookie", cookie],
    ]);
    const answer = await send(port, request, { host: address, patience: 3000 });
    expect(answer, address).toMatchObject({ status: 0, text: "" });
  }
  // On Linux this address leads to loopback: the connection is there, the name is wrong.
  const answer = await page.goto(`http://0.0.0.0:${port}/`).catch(() => null);
  expect(answer?.status() ?? 421).toBe(421);
  scene.revealsNothing(await page.content());
  const listening = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/u))
      .filter(
        ([, local = "", , state]) =>
          state === "0A" && Number.parseInt(local.split(":")[1] ?? "", 16) === port,
      )
      .map(([, local = ""]) => local.split(":")[0]),
  );
  const loopback = ["0100007F", "00000000000000000000000001000000"];
  expect(listening.length).toBeGreaterThan(0);
  for (const address of listening) expect(loopback).toContain(address);
  await scene.unharmed();
});

test("4. Other users and programs of this machine: a link opens once, and nothing opens without it", async ({
  page,
}) => {
  const { port, host } = scene.visitor;
  const token = new URL(scene.setup.url).searchParams.get("token") ?? "";
  expect(Buffer.from(token, "base64url").length).toBeGreaterThanOrEqual(16);
  const own: HeaderLine = ["Host", host];
  const [name = ""] = scene.visitor.cookie.split("=");
  for (const query of [`token=${token}`, `token=${token}&token=${token}`, "token=", "token=%00"]) {
    for (const method of ["GET", "HEAD"]) {
      const answer = await send(port, compose(method, `/?${query}`, [own]));
      refused(answer, `a used or wrong link: ${query}`, 403);
    }
  }
  const used = await send(port, compose("GET", `/?token=${token}`, [own]));
  expect(used.body).toContain("This link was already used");
  expect(used.body).toContain("press Enter");

  const routes = ["/", "/key", "/model", "/review", "/done", "/download/dot-env", "/nowhere"];
  const cookies: HeaderLine[][] = [
    [],
    [["Cookie", `${name}=`]],
    [["Cookie", `${name}=${"A".repeat(43)}`]],
    [["Cookie", `${name}=__proto__; ${name}=constructor`]],
    [["Cookie", `openclaw-setup-000000000000=${scene.visitor.cookie.split("=")[1]}`]],
  ];
  for (const cookie of cookies) {
    for (const target of [...routes, "/mark.svg", "/_next/static/x.js", "/?_rsc=1"]) {
      const rsc: HeaderLine = ["RSC", "1"];
      refused(await send(port, compose("GET", target, [own, ...cookie, rsc])), target, 403);
    }
    const { type, body } = multipart(scene.write.fields);
    const post = [own, ...cookie, ["Origin", `http://${host}`], ["Content-Type", type]] as const;
    for (const target of routes) {
      refused(await send(port, compose("POST", target, post, body)), target, 403);
    }
  }
  // Headers by which a framework could be told that somebody else has checked already.
  const pass = ["x-middleware-subrequest", "x-middleware-prefetch", "x-nextjs-data", "next-action"];
  for (const header of pass) {
    refused(await send(port, compose("GET", "/", [own, [header, "1"]])), header, 403);
  }
  // A second protocol on the same port would be a door of its own.
  for (const target of ["/", "/_next/webpack-hmr", "/_next/hmr"]) {
    const upgrade: HeaderLine[] = [own, ["Connection", "Upgrade"], ["Upgrade", "websocket"]];
    const answer = await send(port, compose("GET", target, upgrade), { patience: 2000 });
    expect([0, 400, 403]).toContain(answer.status);
    scene.revealsNothing(answer.text);
  }
  await scene.unharmed();

  // The token of a fresh link is gone from where others could find it, once the page is there.
  const hostile = await startHostileSite();
  const setup = await startSetup(await makeHome());
  try {
    hostile.show(`<!doctype html><a href="${setup.url}">open</a>`);
    // Followed from another site, the harder way: the cookie is not sent on the first step.
    await page.goto(`http://${HOSTILE}:${hostile.port}/`);
    await page.getByRole("link", { name: "open" }).click();
    await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
    const fresh = new URL(setup.url).searchParams.get("token") ?? "none";
    const devtools = await page.context().newCDPSession(page);
    const { entries } = await devtools.send("Page.getNavigationHistory");
    expect(JSON.stringify(entries)).not.toContain(fresh);
    expect(await page.evaluate(() => `${document.referrer} ${location.href}`)).not.toContain(fresh);
    expect(hostile.seen.join("\n")).not.toContain(fresh);
    expect(commandLines()).not.toContain(fresh);
    expect(setup.output().split(fresh).length - 1).toBe(1);
  } finally {
    await setup.close();
    await hostile.close();
  }
});

test("4c. Other users: a stolen cookie opens nothing for another user of this machine", async () => {
  test.skip(process.platform !== "linux", "only Linux tells whose a connection is");
  test.skip(process.getuid?.() !== 0, "needs the administrator");
  const { port, host, cookie } = scene.visitor;
  const own: HeaderLine[] = [
    ["Host", host],
    ["Cookie", cookie],
    ["Sec-Fetch-Site", "same-origin"],
  ];
  const { type, body } = multipart(scene.write.fields);
  const post = [...own, ["Origin", `http://${host}`], ["Content-Type", type]] as const;
  const requests = [
    ...["/", "/review", "/download/dot-env", "/mark.svg"].map((path) => compose("GET", path, own)),
    ...["/review", "/end"].map((path) => compose("POST", path, post, body)),
  ];
  for (const bytes of requests) {
    for (const address of ["127.0.0.1", "::1"]) {
      // The same bytes, from a program that a thief started.
      for (const user of [12345, 0]) {
        if (user === 0 && bytes.startsWith("POST")) continue;
        const [status = ""] = (await sentBy(user, address, port, bytes)).split("\r\n");
        expect(status, `${user} ${bytes.split("\r\n")[0]}`).toContain(
          user === 0 ? " 200 " : " 403 ",
        );
      }
      // Gone before it could be asked whose it was.
      await sentBy(12345, address, port, bytes, "and leaves");
    }
  }
  await scene.unharmed();
});

/** All that comes back. The program runs as that user. */
function sentBy(
  user: number,
  host: string,
  port: number,
  bytes: string,
  leaves = "",
): Promise<string> {
  const program = `
    const [host, port, leaves] = process.argv.slice(1);
    const socket = require("node:net").connect(Number(port), host);
    process.stdin.pipe(socket, { end: false });
    socket.on("error", () => {}).pipe(process.stdout);
    if (leaves) process.stdin.on("end", () => socket.destroySoon());`;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["-e", program, host, String(port), leaves], {
      uid: user,
      gid: user,
      stdio: ["pipe", "pipe", "ignore"],
    });
    let answer = "";
    child.stdout.on("data", (chunk) => {
      answer += String(chunk);
    });
    child.on("close", () => resolve(answer));
    child.stdin.end(bytes);
  });
}

test("4d. Other users: the signal that opens a debugger opens none", async () => {
  const own = listeningSockets(scene.setup.pid);
  expect(own.length).toBeGreaterThan(0);
  process.kill(scene.setup.pid, "SIGUSR1");
  // The debugger would say where it listens, as soon as it does.
  for (let round = 0; round < 50; round += 1) await scene.visitor.get("/mark.svg");
  expect(listeningSockets(scene.setup.pid)).toEqual(own);
  expect(scene.setup.output()).not.toContain("Debugger");
  await scene.unharmed();
});

/** `address:port` of every socket on which a process listens, as /proc/net/tcp writes them. */
function listeningSockets(pid: number): string[] {
  const held = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return "";
    }
  });
  return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/u))
      .filter(
        ([, , , state, , , , , , inode]) => state === "0A" && held.includes(`socket:[${inode}]`),
      )
      .map(([, local = ""]) => local),
  );
}

test("4b. Other users: the browser is opened without the token on a command line", async () => {
  const home = await makeHome();
  // A browser that writes down how it was called, and who may read the file it was given.
  const browser = join(home, "kde-open5");
  const log = join(home, "log");
  const script = `#!/bin/sh
for given in "$@"; do file="\${given#file://}"; stat -c '%a %n' "$file" "$(dirname "$file")"; done > "${log}.new"
echo "called with: $@" >> "${log}.new"
mv "${log}.new" "${log}"
`;
  await writeFile(browser, script, { mode: 0o755 });
  // As on a KDE desktop, where this one program is asked to open things.
  const desktop = { KDE_FULL_SESSION: "true", KDE_SESSION_VERSION: "5", DISPLAY: ":99" };
  const env = { ...desktop, PATH: `${home}:/usr/bin:/bin`, TMPDIR: home };
  const setup = await startSetup(home, env, []);
  try {
    await expect.poll(() => existsSync(log)).toBe(true);
    const called = readFileSync(log, "utf8");
    expect(called).toMatch(/^600 .*open\.html$/mu);
    expect(called).toMatch(/^700 /mu);
    const file = /^600 (.*open\.html)$/mu.exec(called)?.[1] ?? "";
    const token = /token=([\w-]+)/u.exec(readFileSync(file, "utf8"))?.[1] ?? "";
    expect(token.length).toBeGreaterThan(20);
    expect(called).not.toContain(token);
    expect(commandLines()).not.toContain(token);
  } finally {
    await setup.close();
  }
});

/** Of every process of this machine: what any user may read. */
function commandLines(): string {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return "";
      }
    })
    .join("\n");
}

test("12. Two of these pages: their cookies do not meet, and one's session is none at the other", async ({
  page,
  context,
}) => {
  const other = await startSetup(await makeHome());
  try {
    const second = await enter(other.url);
    expect(second.cookie.split("=")[0]).not.toBe(scene.visitor.cookie.split("=")[0]);
    const borrowed = await send(
      second.port,
      compose("GET", "/", [
        ["Host", second.host],
        ["Cookie", scene.visitor.cookie],
      ]),
    );
    refused(borrowed, "the cookie of another instance", 403);
    // One browser in both: opening the second does not end the first.
    for (const { cookie } of [scene.visitor, second]) {
      const [name = "", value = ""] = cookie.split("=");
      await context.addCookies([{ name, value, domain: "localhost", path: "/" }]);
    }
    await page.goto(`http://${second.host}/`);
    await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
    await page.goto(`http://${scene.visitor.host}/review`);
    await expect(page.getByRole("button", { name: "Write configuration" })).toBeVisible();
    await scene.unharmed();
  } finally {
    await other.close();
  }
});

test("13. Exhaustion: too much, too long and too many are ended, and the page goes on", async () => {
  test.setTimeout(120_000);
  const { port, host, cookie } = scene.visitor;
  const { type, body } = multipart(scene.write.fields);
  const own: HeaderLine[] = [
    ["Host", host],
    ["Origin", `http://${host}`],
    ["Content-Type", type],
    ["Cookie", cookie],
  ];
  const large = multipart({ ...scene.write.fields, more: "x".repeat(300_000) }).body;
  refused(await send(port, compose("POST", "/review", own, large)), "a large body", 413, 0);
  const claimed = `${compose("POST", "/review", [...own, ["Content-Length", "99999999999"]])}${body}`;
  refused(await send(port, claimed), "a claim of a large body", 413, 400);
  const endless = compose("POST", "/review", [...own, ["Transfer-Encoding", "chunked"]]);
  refused(await send(port, `${endless}5\r\nhello\r\n`), "a body without an end", 411);
  const both = compose("POST", "/review", [...own, ["Transfer-Encoding", "chunked"]], body);
  refused(await send(port, both), "two lengths", 400, 411);
  const long = compose("GET", "/", [...own, ["X-Long", "x".repeat(64 * 1024)]]);
  refused(await send(port, long), "a long header", 431, 400);
  refused(await send(port, compose("GET", `/?${"x".repeat(64 * 1024)}`, own)), "an address", 431);

  // A thousand at once, from somebody without a session; then the memory is as before.
  const memory = () =>
    Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${scene.setup.pid}/status`, "utf8"))?.[1]) /
    1024;
  const before = memory();
  const wave = Array.from({ length: 1000 }, (_, index) =>
    send(port, compose("GET", index % 2 ? "/?token=x" : "/", [["Host", host]]), {
      patience: 30_000,
    }),
  );
  for (const answer of await Promise.all(wave)) {
    expect([403, 429, 503, 0]).toContain(answer.status);
    scene.revealsNothing(answer.text);
  }
  expect(memory() - before).toBeLessThan(100);
  await scene.unharmed();
});

test("13b. Exhaustion: who sends slowly is let go, and changes come one after another", async () => {
  test.setTimeout(120_000);
  const { port, host, cookie } = scene.visitor;
  const patience = 60_000;
  const own: HeaderLine[] = [
    ["Host", host],
    ["Cookie", cookie],
    ["Origin", `http://${host}`],
  ];
  const unfinished = [
    "",
    `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `,
    compose("POST", "/review", [...own, ["Content-Length", "1000"]]),
  ];
  const waiting = unfinished.map((bytes) => send(port, bytes, { patience }));

  // A wrong link again and again; a right one is let in all the same.
  const wrong: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    wrong.push((await send(port, compose("GET", "/?token=x", [["Host", host]]))).status);
  }
  expect(wrong[0]).toBe(403);
  expect(wrong).toContain(429);
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => send(port, compose("POST", "/nowhere", own, "x"))),
  );
  const held = answers.filter((answer) => answer.status === 429);
  expect(held.length).toBeGreaterThan(20);
  expect(held[0]?.head).toMatch(/^retry-after: [1-9]/imu);
  await scene.unharmed();
  for (const answer of await Promise.all(waiting)) {
    refused(answer, "slow", 0, 400, 408, 500);
    expect(answer.gaveUp).toBe(false);
  }
});

test("13d. Exhaustion: what no page sends is a line in the terminal at most, and none of its words is a secret", async () => {
  const { port, host, cookie } = scene.visitor;
  const action = Object.keys(scene.write.fields)
    .find((name) => name.startsWith("$ACTION_ID_"))
    ?.slice("$ACTION_ID_".length);
  const secret = "sk-proj-Zx9AbCdEfGhIjKlMnOpQrStUv";
  const form = (fields: Readonly<Record<string, string>>) => {
    const { type, body } = multipart(fields);
    return { headers: [["Content-Type", type]] as HeaderLine[], body };
  };
  const called = (id: string, type: string, body: string) => ({
    headers: [
      ["Next-Action", id],
      ["Content-Type", type],
    ] as HeaderLine[],
    body,
  });
  const malformed = [
    form({ $ACTION_ID_: "" }),
    form({ [`$ACTION_ID_${"0".repeat(42)}`]: "" }),
    form({ $ACTION_REF_1: "", "$ACTION_1:0": `{"id":"${secret}","bound":"$@9"}` }),
    form({ [`$ACTION_ID_${action}`]: "", digest: "\u001b[2J\u202E", __proto__: "x" }),
    called("x".repeat(4000), "text/plain;charset=UTF-8", "[]"),
    called(action ?? "", "text/plain;charset=UTF-8", `${secret}\n\u001b[2J`),
    called(action ?? "", "text/plain;charset=UTF-8", '["$F1","$Q2","$@3","$K1"]'),
    called(action ?? "", "multipart/form-data; boundary=x", "--x\r\nno end"),
    called(action ?? "", "application/json", "{"),
  ];
  // Well said, and no form: led on like a form that does not parse, and nothing is printed.
  const formless = ["[]", '["a"]', '[{"digest":"x"}]', "[[]]"].map((body) =>
    called(action ?? "", "text/plain;charset=UTF-8", body),
  );
  for (const tried of [...malformed, ...formless]) {
    const { headers, body } = tried;
    const before = scene.setup.output().length;
    const own: HeaderLine[] = [
      ["Host", host],
      ["Cookie", cookie],
      ["Origin", `http://${host}`],
      ["Sec-Fetch-Site", "same-origin"],
    ];
    const answer = await send(port, compose("POST", "/review", [...own, ...headers], body));
    expect(answer.gaveUp).toBe(false);
    expect(answer.status).toBeGreaterThanOrEqual(200);
    // Whatever it prints is printed by the time that the next page comes.
    await scene.visitor.get("/key");
    const printed = scene.setup.output().slice(before);
    expect(printed.split("\n").length, printed).toBeLessThanOrEqual(2);
    if (formless.includes(tried)) expect(printed).toBe("");
    expect(printed).not.toContain("\u001b");
    expect(printed).not.toContain(secret.slice(0, 16));
  }
});

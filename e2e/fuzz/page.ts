/** Border: the server itself, by requests, forms and actions that no page of ours would send. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import type { Border } from "@/e2e/fuzz/border";
import { oddText } from "@/e2e/fuzz/odd";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { type Answer, compose, enter, send, type Visitor } from "@/e2e/support/raw-visitor";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-CaNaRyOfTheVisit11ffffgggghhhh";
const STORED = "sk-proj-test-works-CaNaRyOfAFile00aaaabbbbccccdddd";
const PLACED = "Zx9qOpaqueCanaryAtItsPlace77";

const PAGES = [
  "/",
  "/key",
  "/model",
  "/backup",
  "/review",
  "/done",
  "/who-answers",
  "/phone",
  "/open",
  "/export",
  "/sign-in",
  "/sign-in/device",
  "/sign-in/paste",
  "/download/openclaw.json",
  "/download/%2e%2e",
] as const;
/** What fills the fields of a page as a person would, so that the visit gets on. */
const SENSIBLE: Readonly<Record<string, string>> = {
  key: KEY,
  auth: "api-key",
  other: "openai/gpt-5.5",
  locale: "de",
  theme: "dark",
  address: "http://localhost:1455/auth/callback?code=c&state=s",
};
/** These end the program, or listen on the one port that other tests need. */
const LEFT_OUT = /action="\/(?:end|sign-in\/start)/u;

/** Longer than this and again, an answer counts as hanging. Milliseconds. */
const LONGEST_MS = 2000;
/** After so many cases a new start, with a visit that has done nothing. */
const CASES_PER_START = 200;

type Step =
  | { readonly kind: "look"; readonly page: string; readonly query: string }
  | {
      readonly kind: "form";
      readonly page: string;
      readonly which: number;
      readonly odd: ReadonlyArray<readonly [name: string, value: string]>;
    }
  | {
      readonly kind: "action";
      readonly page: string;
      readonly which: number;
      readonly type: string;
      readonly body: string;
    }
  | { readonly kind: "bytes"; readonly at: number; readonly piece: string };

const pages = fc.constantFrom(...PAGES);
const name = fc.oneof(
  fc.constantFrom(
    "key",
    "auth",
    "other",
    "model",
    "digest",
    "accepted[]",
    "offered[]",
    "id",
    "from",
    "$ACTION_ID_",
    "$ACTION_REF_1",
    "$ACTION_1:0",
    "__proto__",
    "extent",
    "address",
    "locale",
  ),
  oddText,
);
const which = fc.nat({ max: 12 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("look" as const), page: pages, query: oddText }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("form" as const),
        page: pages,
        which,
        odd: fc.array(fc.tuple(name, oddText), { maxLength: 4 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("action" as const),
        page: pages,
        which,
        type: fc.constantFrom(
          "text/plain;charset=UTF-8",
          "multipart/form-data; boundary=x",
          "application/x-www-form-urlencoded",
          "application/json",
        ),
        body: fc.oneof(
          fc.constantFrom('["$K1"]', "[]", '["$F1","$Q2","$@3"]', "--x--", "0:{}"),
          oddText,
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("bytes" as const),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        piece: oddText,
      }),
    },
  ),
  { minLength: 1, maxLength: 6 },
);

interface Place {
  readonly setup: SetupServer;
  readonly visitor: Visitor;
}

export async function page(): Promise<Border<readonly Step[]>> {
  const openai = await startOpenAiServer();
  let place: Place | null = null;
  let cases = 0;
  const fresh = async () => {
    await place?.setup.close();
    place = null;
    place = await start(openai.url);
    return place;
  };
  return {
    cases: steps,
    secrets: [KEY, STORED, PLACED],
    run: async (list) => {
      const { setup, visitor } = place && cases++ % CASES_PER_START > 0 ? place : await fresh();
      const before = setup.output().length;
      const said: string[] = [];
      let isOver = false;
      void setup.ended.then(() => {
        isOver = true;
      });
      for (const step of list) {
        const answer = await take(visitor, step);
        if (isOver) throw new Error(`the program ended: ${setup.output().slice(before)}`);
        if (answer === null) continue;
        // A download is the person's own file as it is to be written.
        if (!("page" in step && step.page.startsWith("/download/"))) said.push(answer.text);
      }
      const printed = setup.output().slice(before);
      const lines = printed.split("\n").filter((line) => line.trim() !== "");
      if (lines.length > list.length)
        throw new Error(`more than a line for each request: ${printed.slice(0, 2000)}`);
      return [...said, printed];
    },
    close: async () => {
      await place?.setup.close();
      await openai.close();
    },
  };
}

async function start(openaiUrl: string): Promise<Place> {
  const home = await makeHome();
  const state = join(home, ".openclaw");
  await mkdir(state, { mode: 0o700 });
  await writeFile(
    join(state, "openclaw.json"),
    `{ gateway: { mode: "local", auth: { mode: "token", token: "${PLACED}" } }, agents: { defaults: { model: "acme/large" } } }\n`,
    { mode: 0o600 },
  );
  await writeFile(join(state, ".env"), `OPENAI_API_KEY=${STORED}\n`, { mode: 0o600 });
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openaiUrl,
    // Nobody is there.
    CHATGPT_ISSUER: "http://127.0.0.1:9",
    // A pressed "Install" fetches nothing.
    npm_config_registry: "http://127.0.0.1:9",
    npm_config_fetch_retries: "0",
  });
  return { setup, visitor: await enter(setup.url) };
}

/** Null where the step has nothing to act on. Rejects where the answer does not come. */
async function take(visitor: Visitor, step: Step): Promise<Answer | null> {
  const answer = await inTime(visitor, () => once(visitor, step));
  // The rate of changes is a limit of the door's own; it is not tried here.
  if (answer?.status === 429) {
    await setTimeout(1000);
    return take(visitor, step);
  }
  return answer;
}

/** Beside the time that a picture of a few bytes takes: the machine that tests has other work to do. */
async function inTime(visitor: Visitor, ask: () => Promise<Answer | null>): Promise<Answer | null> {
  for (let tries = 0; tries < 3; tries += 1) {
    const began = performance.now();
    const answer = await ask();
    const ended = performance.now();
    await visitor.get("/mark.svg");
    const idle = performance.now() - ended;
    if (!answer?.gaveUp && ended - began < LONGEST_MS + 20 * idle) return answer;
  }
  throw new Error(`no answer in ${LONGEST_MS} ms, three times`);
}

async function once(visitor: Visitor, step: Step): Promise<Answer | null> {
  if (step.kind === "bytes") {
    const whole = compose("GET", "/", [
      ["Host", visitor.host],
      ["Cookie", visitor.cookie],
    ]);
    const at = Math.floor(step.at * whole.length);
    // Without an end the server waits for it, as it has to.
    const bytes = `${whole.slice(0, at)}${step.piece}${whole.slice(at)}\r\n\r\n`;
    return send(visitor.port, bytes, { patience: 1500 }).then((answer) => ({
      ...answer,
      gaveUp: false,
    }));
  }
  if (step.kind === "look")
    return visitor.get(
      `${step.page}${step.query === "" ? "" : `?${encodeURIComponent(step.query.toWellFormed())}`}`,
    );
  const { body: html } = await visitor.get(step.page);
  const forms = html
    .split("<form")
    .slice(1)
    .map((part) => part.split("</form>")[0] ?? "")
    .filter((form) => !LEFT_OUT.test(form));
  const form = forms[step.which % Math.max(1, forms.length)];
  if (form === undefined) return null;
  if (step.kind === "action") {
    const action = /name="\$ACTION_ID_(\w+)"/u.exec(form)?.[1] ?? "0".repeat(42);
    const headers = [
      ["Host", visitor.host],
      ["Cookie", visitor.cookie],
      ["Origin", `http://${visitor.host}`],
      ["Sec-Fetch-Site", "same-origin"],
      ["Next-Action", action],
      ["Content-Type", step.type],
    ] as const;
    return send(visitor.port, compose("POST", step.page, headers, step.body));
  }
  const fields = { ...fieldsOf(form), ...Object.fromEntries(step.odd) };
  return visitor.post({ page: step.page, fields }, {});
}

/** As a browser would send them when a person has filled them in. */
function fieldsOf(form: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<(?:input|button|select|textarea)[^>]*>/gu)) {
    const called = /name="([^"]*)"/u.exec(tag)?.[1];
    if (called === undefined) continue;
    const value = /value="([^"]*)"/u.exec(tag)?.[1] ?? "";
    fields[called] = SENSIBLE[called] ?? value;
  }
  return fields;
}

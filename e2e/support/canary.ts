/**
 * Secrets that must not turn up: a search over everything a program leaves behind, in every form in
 * which a secret may be written down. Give it the secrets, show it texts, pages, folders and
 * processes, and in the end `found` is empty.
 */

import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";

/** Stretches of a secret that are looked for: any 16 characters of it hold one. A mask shows fewer. */
const TELLING = 12;
const STEP = 4;

export interface CanarySearch {
  /** Where a secret was found, once for each place. Never the secret. */
  readonly found: readonly string[];
  /** How many texts were looked through; nothing searched is nothing proven. */
  readonly searched: number;
  text(where: string, text: string): void;
  /** Every file below, its name too, but for what `without` says of its path. */
  folder(where: string, path: string, without?: (path: string) => boolean): Promise<void>;
  /** The command lines of all processes of this machine. */
  processes(): Promise<void>;
  /** What the page shows, holds in its fields, and has stored. */
  page(where: string, page: Page): Promise<void>;
  /** From now on: addresses, headers and bodies of all answers, and what the console says. */
  watch(page: Page): void;
  /** Until the answers that were on their way have been read. */
  settled(): Promise<void>;
}

/** `secrets` is asked each time, so that tokens can be among them that are handed out on the way. */
export function canarySearch(secrets: () => readonly string[]): CanarySearch {
  const found = new Set<string>();
  const waiting = new Set<Promise<void>>();
  let searched = 0;
  const text = (where: string, haystack: string): void => {
    searched += 1;
    for (const secret of secrets()) {
      if (writtenForms(secret).some((form) => haystack.includes(form))) found.add(where);
    }
  };
  const folder: CanarySearch["folder"] = async (where, path, without = () => false) => {
    if (without(path)) return;
    const entry = await lstat(path).catch(() => null);
    text(`the name of a file of ${where}`, path);
    if (entry?.isDirectory()) {
      for (const name of await readdir(path).catch(() => [])) {
        await folder(where, join(path, name), without);
      }
    } else if (entry?.isFile()) {
      text(`${where}: ${path}`, await readFile(path, "latin1").catch(() => ""));
    }
  };
  return {
    get found() {
      return [...found];
    },
    get searched() {
      return searched;
    },
    text,
    folder,
    processes: async () => {
      for (const pid of await readdir("/proc")) {
        if (!/^\d+$/u.test(pid)) continue;
        text(`a command line`, await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""));
      }
    },
    page: async (where, page) => {
      text(`the page of ${where}`, await page.content());
      text(`the address of ${where}`, page.url());
      const kept = await page.evaluate(async () => {
        const fields = [...document.querySelectorAll("input, textarea")];
        return JSON.stringify([
          fields.map((field) => (field as HTMLInputElement).value),
          { ...localStorage },
          { ...sessionStorage },
          history.state,
          document.referrer,
          await indexedDB.databases(),
          await caches.keys(),
        ]);
      });
      text(`what the page of ${where} keeps`, kept);
      text("the cookies", JSON.stringify(await page.context().cookies()));
    },
    watch: (page) => {
      page.on("console", (message) => text("the console", message.text()));
      page.on("pageerror", (error) => text("an error of a script", error.message));
      page.on("request", (request) => {
        text("an address", request.url());
        text("the headers of a request", JSON.stringify(request.headers()));
      });
      page.on("response", (answer) => {
        const where = new URL(answer.url()).pathname;
        text(`the headers of ${where}`, JSON.stringify(answer.headers()));
        const reading = answer.body().then(
          (body) => text(`the answer of ${where}`, body.toString("utf8")),
          // A redirect has none, and a download is looked at by itself.
          () => {},
        );
        waiting.add(reading);
        void reading.then(() => waiting.delete(reading));
      });
    },
    settled: async () => {
      // An answer that the page left behind never comes to its end.
      const enough = new Promise<void>((resolve) => setTimeout(resolve, 3000).unref());
      await Promise.race([Promise.allSettled(waiting), enough]);
    },
  };
}

const forms = new Map<string, readonly string[]>();

/** Stretches of the secret, and the whole in the usual codings. */
function writtenForms(secret: string): readonly string[] {
  const known = forms.get(secret);
  if (known) return known;
  const made = new Set<string>();
  for (let at = 0; at + TELLING <= secret.length; at += STEP)
    made.add(secret.slice(at, at + TELLING));
  const bytes = Buffer.from(secret);
  made.add(encodeURIComponent(secret)).add(bytes.toString("hex"));
  // At each of the three places a secret can have in a longer text; both ends belong to the neighbours.
  for (const shift of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    const inner = (coding: "base64" | "base64url") =>
      shifted.toString(coding).replace(/=+$/u, "").slice(4, -4);
    made.add(inner("base64")).add(inner("base64url"));
  }
  const all = [...made];
  forms.set(secret, all);
  return all;
}

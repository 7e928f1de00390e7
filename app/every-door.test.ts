/** No page, route or action may come into being that forgets to ask who is there. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RETURN_PATH } from "@/lib/door/callback";
import { judge } from "@/lib/door/door";

const app = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((name) =>
  /(?<!\.test)\.tsx?$/u.test(name),
);
const read = (name: string) => readFileSync(join(app, name), "utf8");

/** What the door says of someone whom a page on another port of this machine leads there. */
function judgeLed(target: string): string {
  const headers: Readonly<Record<string, string>> = {
    host: "localhost:1",
    "sec-fetch-site": "same-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  };
  const header = (name: string) => (headers[name] === undefined ? [] : [headers[name]]);
  return judge({ method: "GET", target, header, hosts: ["localhost:1"], hasSession: true }).kind;
}

describe("everything that can be asked for", () => {
  const addresses = files.flatMap((name) => {
    const [, folder, kind] = /^(?:(.*)\/)?(page|route)\.tsx?$/u.exec(name) ?? [];
    return kind === undefined ? [] : [{ address: `/${folder ?? ""}`, kind }];
  });
  it.each(addresses)("$address: whether another page may lead there", ({ address, kind }) => {
    const may = kind === "page" || address === RETURN_PATH;
    expect(judgeLed(address)).toBe(may ? "enter" : "refuse");
  });

  it.each(files.filter((name) => /(?:^|\/)page\.tsx$/u.test(name)))("%s: the page", (name) => {
    expect(read(name)).toMatch(/await currentVisit\("GET"\)/u);
    // A page that is only looked at changes nothing that was chosen or done.
    expect(read(name)).not.toMatch(/\bvisit(?:\.\w+)+ = |Object\.assign\(visit/u);
  });

  it.each(files.filter((name) => /(?:^|\/)route\.ts$/u.test(name)))("%s: each method", (name) => {
    const text = read(name);
    const methods = [...text.matchAll(/export async function (\w+)\(/gu)].map(
      ([, method]) => method,
    );
    expect(methods.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/export (?:const|let|\{)/u);
    for (const method of methods) {
      expect(["GET", "POST"]).toContain(method);
      const body = text.slice(text.indexOf(`function ${method}(`));
      expect(body.split("export async function")[0]).toContain(`await currentVisit("${method}")`);
    }
  });

  it.each(files.filter((name) => read(name).includes('"use server"')))(
    "%s: each action",
    (name) => {
      const text = read(name);
      // The words stand at the top: every export is an action, and an action inside a page none.
      expect(text).toMatch(/^"use server";/u);
      const exported = [...text.matchAll(/^export (.*)$/gmu)].map(([, rest]) => rest ?? "");
      expect(exported.length).toBeGreaterThan(0);
      for (const rest of exported) expect(rest).toMatch(/^const \w+ = action\(/u);
    },
  );
});

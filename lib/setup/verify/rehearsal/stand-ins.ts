/** Worthless stand-ins of the same shape as secrets, so that OpenClaw treats them alike. */

import { randomInt } from "node:crypto";
import { parseJson } from "@/lib/text/json";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

/** Each origin has a message in `messages/*.json` under `rehearsal.origin`. */
export type Origin =
  | { readonly kind: "chosen" }
  /** `file` is the `.env` that sets it, or null for the environment. */
  | { readonly kind: "variable"; readonly name: string; readonly file: string | null }
  | { readonly kind: "config"; readonly path: string }
  | { readonly kind: "profile"; readonly id: string; readonly file: string };

/** Prefixes that OpenClaw may depend on. */
const MARK = /^(?:sk-(?:proj-|svcacct-|ant-|or-)?|xox[a-z]-|gh[pousr]_|github_pat_|AIza|rt_)/u;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/u;
/** Claims about a token's use rather than its owner. */
const KEPT_CLAIMS = /^(?:iss|aud|scp|scope|amr|chatgpt_plan_type)$/u;
/** Longer than any rehearsal, so no token is refreshed. */
const LIFETIME_MS = 10 * 24 * 60 * 60_000;
/** A shorter text may be an ordinary word, so it must match a whole value. */
const SHORTEST_ANYWHERE = 16;

export class StandIns {
  readonly #standIns = new Map<string, string>();
  readonly #origins = new Map<string, Origin[]>();
  readonly #persons = new Map<string, string>();

  /** Equal secrets share a stand-in. `origin` is where it was found. */
  of(secret: string, origin?: Origin): string {
    const known = this.#standIns.get(secret);
    const standIn = known ?? this.#make(secret);
    this.#standIns.set(secret, standIn);
    const origins = this.#origins.get(standIn) ?? [];
    if (origin) origins.push(origin);
    this.#origins.set(standIn, origins);
    return standIn;
  }

  knows(secret: string): boolean {
    return this.#standIns.has(secret);
  }

  ofPerson(text: string): string {
    const known = this.#persons.get(text) ?? textLike(text);
    this.#persons.set(text, known);
    return known;
  }

  replaceIn(text: string): string {
    const longestFirst = [...this.#standIns].sort(([a], [b]) => b.length - a.length);
    return longestFirst.reduce((now, [secret, standIn]) => {
      const written = new Set([secret, JSON.stringify(secret).slice(1, -1)]);
      return [...written].reduce((one, form) => {
        if (secret.length >= SHORTEST_ANYWHERE) return one.replaceAll(form, standIn);
        return one
          .replaceAll(`"${form}"`, `"${standIn}"`)
          .replaceAll(`'${form}'`, `'${standIn}'`)
          .replaceAll(`=${form}\n`, `=${standIn}\n`);
      }, now);
    }, text);
  }

  originsOf(standIn: string): readonly Origin[] | null {
    return this.#origins.get(standIn) ?? null;
  }

  /** Keeps length and character kinds; tokens keep claim names, with future dates. */
  #make(secret: string): string {
    const [head = "", payload = "", signature = ""] = secret.split(".");
    const [header, claims] = [partOf(head), partOf(payload)];
    if (!JWT.test(secret) || !isJsonObject(header) || !isJsonObject(claims)) {
      return textLike(secret);
    }
    const now = Math.floor(Date.now() / 1000);
    const dates = { iat: now, nbf: now, exp: Math.floor(freshExpiry() / 1000) };
    const fresh = Object.entries(dates).filter(([name]) => claims[name] !== undefined);
    const body = { ...(this.#claims(claims) as object), ...Object.fromEntries(fresh) };
    const part = Buffer.from(JSON.stringify(body)).toString("base64url");
    return [head, part, textLike(signature)].join(".");
  }

  #claims(value: Json, name = ""): Json {
    if (KEPT_CLAIMS.test(name)) return value;
    if (typeof value === "string") return this.ofPerson(value);
    if (isJsonArray(value)) return value.map((one) => this.#claims(one, name));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, this.#claims(one, key)]),
    );
  }

  all(): readonly string[] {
    return [...this.#standIns.values()];
  }
}

/** In milliseconds since 1970; late enough to avoid a token refresh. */
export function freshExpiry(): number {
  return Date.now() + LIFETIME_MS;
}

function textLike(text: string): string {
  const mark = MARK.exec(text)?.[0] ?? "";
  return mark + text.slice(mark.length).replace(/[a-z]|[A-Z]|\d/gu, randomLike);
}

function randomLike(character: string): string {
  const kinds = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"];
  const kind = kinds.find((one) => one.includes(character)) ?? character;
  return kind.charAt(randomInt(kind.length));
}

function partOf(part: string): Json {
  const value = parseJson(Buffer.from(part, "base64url").toString("utf8"));
  return (value as Json | undefined) ?? null;
}

import { expect, it } from "vitest";
import { findKey, placeOfCredential } from "@/lib/setup/machine/found-key";
import { type Found, machine } from "@/lib/setup/testing/machine";

const found = (about: Found) => findKey(machine(about));
const DOTENV = "/home/ada/.openclaw/.env";
const CONFIG = "/home/ada/.openclaw/openclaw.json";

it("takes the key that OpenClaw would take first, and says where it is", () => {
  const config = { env: { vars: { OPENAI_API_KEY: "sk-config" } } };
  const dotenv = "OPENAI_API_KEY='sk-file'\n";
  expect(found({})).toBeNull();
  expect(found({ config })).toEqual({ value: "sk-config", where: CONFIG });
  expect(found({ config, dotenv })).toEqual({ value: "sk-file", where: DOTENV });
  expect(found({ config, dotenv, environmentKey: "sk-shell" })).toEqual({
    value: "sk-shell",
    where: "OPENAI_API_KEY",
  });
});

it("a reference, an empty value and a broken config hold none", () => {
  const provider = (apiKey: unknown) => ({ models: { providers: { openai: { apiKey } } } });
  expect(found({ config: provider(`\${OPENAI_API_KEY}`) })).toBeNull();
  expect(found({ config: provider({ source: "env", id: "OPENAI_API_KEY" }) })).toBeNull();
  expect(found({ config: provider("sk-plain") })).toMatchObject({ value: "sk-plain" });
  expect(found({ dotenv: "OPENAI_API_KEY=\n" })).toBeNull();
  expect(found({ config: "{ broken" })).toBeNull();
});

it("a key beside the address of a proxy is the proxy's", () => {
  const beside = (baseUrl: string) => ({
    models: { providers: { openai: { apiKey: "sk-hub", baseUrl } } },
  });
  const proxy = "https://hub.example.com/v1";
  expect(found({ config: beside(proxy) })).toBeNull();
  expect(found({ config: beside(proxy), checkedAt: proxy })).toMatchObject({ value: "sk-hub" });
  expect(found({ config: beside("https://api.openai.com/v1") })).toMatchObject({ value: "sk-hub" });
  const dotenv = `OPENAI_API_KEY=sk-hub\nOPENAI_BASE_URL=${proxy}\n`;
  expect(found({ dotenv })).toBeNull();
  expect(found({ dotenv, environmentKey: "sk-shell" })).toMatchObject({ value: "sk-shell" });
});

it("a key in an included file is found there", () => {
  const config = '{ $include: "keys.json5" }';
  const included = { "keys.json5": '{ env: { vars: { OPENAI_API_KEY: "sk-split" } } }' };
  expect(found({ config, included })).toEqual({
    value: "sk-split",
    where: "/home/ada/.openclaw/keys.json5",
  });
});

it("takes that of the gateway's service last, and none beside a proxy's address", () => {
  const variable = (name: string, value: string) => ({
    name,
    value,
    file: "/home/ada/gateway.service",
    isManaged: false,
  });
  const key = variable("OPENAI_API_KEY", "sk-service");
  expect(found({ serviceVariables: [key] })).toEqual({ value: "sk-service", where: key.file });
  expect(found({ serviceVariables: [key], dotenv: "OPENAI_API_KEY=sk-file\n" })).toMatchObject({
    value: "sk-file",
  });
  const proxy = variable("OPENAI_BASE_URL", "https://hub.example.com/v1");
  expect(found({ serviceVariables: [key, proxy] })).toBeNull();
});

it("names a file once, and what lies in another with its place", () => {
  const shown = (file: string) => file.replace("/home/me", "~");
  const place = (name: string, file: string | null) => placeOfCredential({ name, file }, shown);
  expect(place("auth.json", "/home/me/.codex/auth.json")).toBe("~/.codex/auth.json");
  expect(place("OPENAI_API_KEY", "/home/me/.env")).toBe("OPENAI_API_KEY, ~/.env");
  expect(place("OPENAI_API_KEY", null)).toBe("OPENAI_API_KEY");
});

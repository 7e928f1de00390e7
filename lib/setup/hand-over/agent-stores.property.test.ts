/** Whatever `main` and an agent have stored: afterwards both try the new key or login first, and a second plan is empty. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { profilesOf } from "@/lib/openclaw/credentials/profiles";
import { mergedStores, withState } from "@/lib/openclaw/credentials/store";
import { compareReleases, ERAS, eraFor } from "@/lib/openclaw/releases/table";
import type { Choices } from "@/lib/setup/choices";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import { planSetup } from "@/lib/setup/plan/plan";
import type { Snapshot } from "@/lib/setup/snapshot";
import { chosen, chosenLogin, KEY, LOGIN, machine, OLD_KEY } from "@/lib/setup/testing/machine";
import type { Plan } from "@/lib/setup/types";
import { parseConfig } from "@/lib/text/json5/parse";
import type { Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

const FILE_ERAS = ERAS.filter(({ login }) => login.kind === "auth-profiles-json");
const PROVIDERS = ["openai", "openai-codex", "anthropic"] as const;

const id = fc
  .tuple(fc.constantFrom(...PROVIDERS), fc.constantFrom("default", "work", "setup-key"))
  .map(([provider, name]) => ({ provider, id: `${provider}:${name}` }));
const profile = fc.constantFrom("key", "reference", "login", "empty").map((kind) => {
  if (kind === "key") return { type: "api_key", key: OLD_KEY };
  if (kind === "login") return { type: "oauth", access: "old", refresh: "old", accountId: "a" };
  const keyRef = { source: "env", provider: "default", id: "OTHER" };
  return kind === "empty" ? { type: "api_key" } : { type: "api_key", keyRef };
});
const order = fc.option(
  fc.dictionary(
    fc.constantFrom(...PROVIDERS),
    fc.array(
      id.map((one) => one.id),
      { maxLength: 3 },
    ),
  ),
  { nil: undefined },
);
const store = fc
  .tuple(fc.array(fc.tuple(id, profile), { maxLength: 4 }), order)
  .map(([profiles, told]) => ({
    version: 1,
    profiles: Object.fromEntries(
      profiles.map(([{ provider, id: name }, one]) => [name, { provider, ...one }]),
    ),
    ...(told ? { order: told } : {}),
  }));

const text = ({ after: bytes }: { readonly after: Uint8Array | null }) =>
  new TextDecoder().decode(bytes ?? undefined);

/** The files as the plan leaves them. */
function after(snapshot: Snapshot, plan: Plan): Snapshot {
  const files = [...plan.files, ...storeFiles(plan)];
  const bytes = <Old extends Uint8Array | null>(path: string, old: Old) =>
    (files.find((file) => file.path === path)?.after as Old | undefined) ?? old;
  return {
    ...snapshot,
    configBytes: bytes(snapshot.configPath, snapshot.configBytes),
    dotenvBytes: bytes(snapshot.dotenvPath, snapshot.dotenvBytes),
    profilesBytes: bytes(snapshot.profilesPath, snapshot.profilesBytes),
    agentStores: snapshot.agentStores.map((one) => ({
      ...one,
      profilesBytes: bytes(one.profilesPath, one.profilesBytes),
      authStateBytes: bytes(one.authStatePath, one.authStateBytes),
    })),
  };
}

function read(bytes: Uint8Array | null | undefined): Json {
  const parsed = bytes ? parseConfig(bytes) : null;
  return parsed?.ok ? parsed.value.value : {};
}

it("both go on with what is new", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FILE_ERAS.map(({ since }) => since)),
      fc.option(store, { nil: undefined }),
      fc.option(store, { nil: undefined }),
      order,
      order,
      fc.constantFrom("key", "login", "both"),
      (since, main, own, told, configured, way) => {
        const { era } = eraFor(since);
        const config = {
          agents: { list: [{ id: "home" }] },
          ...(configured ? { auth: { order: configured } } : {}),
        };
        const snapshot = machine({
          era,
          config,
          ...(own ? { agentProfiles: { home: own } } : {}),
          // Releases before have no such file.
          ...(told && compareReleases(since, "2026.4.14") > 0
            ? { agentStates: { home: { version: 1, order: told } } }
            : {}),
          ...(main ? { profiles: JSON.stringify(main) } : {}),
        });
        const choices: Choices =
          way === "key"
            ? chosen({ model: era.defaultModel.apiKey })
            : chosenLogin({
                model: era.defaultModel.chatgpt,
                apiKey: way === "both" ? KEY : null,
              });
        const plan = planSetup(snapshot, choices);
        if (!plan.ok) throw new Error(plan.error.code);
        const now = after(snapshot, plan.value);
        const rules = now.era.credentials;
        const shared = read(now.profilesBytes);
        const [agent] = now.agentStores;
        const seen = mergedStores(
          shared,
          withState(read(agent?.profilesBytes), agent?.authStateBytes ?? null),
        );
        const value = read(now.configBytes);
        const first = (provider: string, stores: Json) =>
          profilesOf(stores, provider, value, rules)?.[0];
        for (const stores of [shared, seen]) {
          const key = first("openai", stores);
          if (way === "key" && key) {
            expect(key.variable === "OPENAI_API_KEY" || key.secret === KEY).toBe(true);
          }
          if (way === "login" || way === "both") {
            const provider = plan.value.handOver?.provider ?? "";
            expect(first(provider, stores)?.secret).toBe(LOGIN.accessToken);
            if (way === "both" && era.backup === "model" && key) {
              expect(key.variable === "OPENAI_API_KEY" || key.secret === KEY).toBe(true);
            }
          }
        }
        const again = planSetup(now, choices);
        const files = again.ok ? again.value.files : null;
        expect(files?.map(text)).toEqual([]);
        const stores = again.ok ? again.value.agentFiles : null;
        expect(stores?.map(text)).toEqual([]);
        if (way === "key") expect(again.ok && again.value.handOver).toBeNull();
        // What is somebody else's stays.
        const others = (stores: Json) =>
          Object.entries(valueAt(stores, ["profiles"]) ?? {}).filter(([name]) =>
            name.startsWith("anthropic:"),
          );
        expect(others(seen)).toEqual(others(mergedStores(read(snapshot.profilesBytes), own ?? {})));
      },
    ),
    { numRuns: 400 },
  );
});

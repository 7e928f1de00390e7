import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { ERAS } from "@/lib/openclaw/releases/table";
import { planSetup } from "@/lib/setup/plan/plan";
import { previewOf } from "@/lib/setup/review/preview";
import {
  chosen,
  type Found,
  KEY,
  machine,
  NEWEST,
  OLD_KEY,
  OLDEST,
  planned,
} from "@/lib/setup/testing/machine";

const row = (since: string) => ERAS.find((era) => era.since === since) as ReleaseEra;
const stored = (...ids: string[]) => ({
  auth: { profiles: Object.fromEntries(ids.map((id) => [id, { provider: "openai" }])) },
});
const ids = (found: Found) => planned(found).repairs.map(({ id }) => id);
const PROFILES = `{ // kept
  "version": 1,
  "profiles": {
    "openai:default": { "type": "api_key", "provider": "openai", "key": "${OLD_KEY}" },
    "anthropic:default": {"type":"api_key","provider":"anthropic","key":"sk-ant-other-0123456789"},
  },
}
`;

describe("a key in a file that the release reads", () => {
  it("is replaced where it stands, and nothing else of the file", () => {
    const plan = planned({ era: OLDEST, profiles: PROFILES });
    const text = (bytes?: Uint8Array | null) => new TextDecoder().decode(bytes ?? undefined);
    expect(text(plan.handOver?.file.after)).toBe(PROFILES.replace(OLD_KEY, KEY));
    expect(plan.handOver).toMatchObject({ how: { kind: "file" }, credential: "key" });
    const snapshot = { ...machine({ era: OLDEST, profiles: PROFILES }), version: null };
    const elsewhere = planSetup(snapshot, chosen());
    const file = elsewhere.ok ? elsewhere.value.files.find(({ role }) => role === "login") : null;
    expect(text(file?.after)).toBe(PROFILES.replace(OLD_KEY, KEY));
    expect(plan.repairs.find(({ id }) => id === "second-key-profile")).toMatchObject({
      accepted: true,
      data: { profile: "openai:default" },
    });
    const shown = JSON.stringify([previewOf(plan), plan.commands]);
    for (const secret of [KEY, OLD_KEY, "sk-ant-other"]) expect(shown).not.toContain(secret);
  });

  it("is led to the new key where it refers to another variable, and left where it refers to this", () => {
    const reference = (id: string) =>
      JSON.stringify({
        profiles: {
          "openai:ref": {
            type: "api_key",
            provider: "openai",
            keyRef: { source: "env", provider: "default", id },
          },
        },
      });
    const era = row("2026.4.15");
    const plan = planned({ era, profiles: reference("OTHER_KEY") });
    const file = new TextDecoder().decode(plan.handOver?.file.after ?? undefined);
    expect(JSON.parse(file)).toEqual(JSON.parse(reference("OPENAI_API_KEY")));
    expect(plan.repairs[0]).toMatchObject({
      id: "second-key-profile",
      data: { profile: "openai:ref" },
    });
    expect(planned({ era, profiles: reference("OPENAI_API_KEY") }).handOver).toBeNull();
    expect(planned({ era: OLDEST, profiles: reference("OTHER_KEY") }).handOver).toBeNull();
  });

  it("stays where that is declined, or where it is the same key", () => {
    const declined = planned(
      { era: OLDEST, profiles: PROFILES },
      { declined: ["second-key-profile"] },
    );
    expect(declined.handOver).toBeNull();
    expect(ids({ era: OLDEST, profiles: PROFILES.replace(OLD_KEY, KEY) })).not.toContain(
      "second-key-profile",
    );
  });
});

describe("a login in a file that the release reads, of the same provider as a key", () => {
  const JUNE = row("2026.6.1");
  const LOGIN = `{ // kept
  "version": 1,
  "profiles": {
    "openai:default": {"type":"oauth","provider":"openai","access":"access-0123456789","refresh":"r"},
  },
}
`;
  const CODEX = LOGIN.replaceAll("openai", "openai-codex");
  const found = { era: JUNE, profiles: LOGIN };

  it("comes behind the new key, which goes into the file by reference", () => {
    const plan = planned(found);
    expect(plan.repairs[0]).toMatchObject({ id: "stored-key", important: true, accepted: true });
    expect(plan.handOver).toMatchObject({
      how: { kind: "file" },
      credential: "key",
      profileId: "openai:setup-key",
    });
    const file = new TextDecoder().decode(plan.handOver?.file.after ?? undefined);
    expect(file).toContain("// kept");
    expect(file).not.toContain(KEY);
    const { profiles } = JSON5.parse(file);
    expect(Object.keys(profiles)).toEqual(["openai:default", "openai:setup-key"]);
    expect(profiles["openai:setup-key"].keyRef.id).toBe("OPENAI_API_KEY");
    expect(JSON5.parse(plan.config.after).auth.order).toEqual({
      openai: ["openai:setup-key", "openai:default"],
    });
    expect(JSON.stringify(previewOf(plan))).not.toContain("access-0123456789");
  });

  it("comes behind it in the file's own order as well, which goes before the config's", () => {
    const profiles = LOGIN.replace(
      '"version"',
      '"order": {"openai": ["openai:default"]}, "version"',
    );
    const plan = planned({ era: JUNE, profiles });
    const file = JSON5.parse(new TextDecoder().decode(plan.handOver?.file.after ?? undefined));
    expect(file.order.openai).toEqual(["openai:setup-key", "openai:default"]);
  });

  it("is left alone where that is declined, was done before, or has a provider of its own", () => {
    const declined = planned(found, { declined: ["stored-key"] });
    expect(declined.handOver).toBeNull();
    expect(JSON5.parse(declined.config.after).auth).toBeUndefined();
    const done = planned(found);
    const profiles = new TextDecoder().decode(done.handOver?.file.after ?? undefined);
    const again = planned({ era: JUNE, config: done.config.after, profiles });
    expect(again.handOver).toBeNull();
    expect(again.repairs.map(({ id }) => id)).not.toContain("stored-key");
    for (const since of [OLDEST.since, "2026.5.7"]) {
      expect(ids({ era: row(since), profiles: CODEX })).not.toContain("stored-key");
    }
  });

  it("comes behind it too where the login of another provider answers for it", () => {
    const plan = planned({ era: row("2026.5.28"), profiles: CODEX });
    expect(plan.repairs[0]).toMatchObject({ id: "stored-key", accepted: true });
    const profiles = new TextDecoder().decode(plan.handOver?.file.after ?? undefined);
    expect(Object.keys(JSON5.parse(profiles).profiles)).toEqual([
      "openai-codex:default",
      "openai:setup-key",
    ]);
    expect(JSON5.parse(plan.config.after).auth.order).toEqual({ openai: ["openai:setup-key"] });
    const again = planned({ era: row("2026.5.28"), config: plan.config.after, profiles });
    expect(again.handOver).toBeNull();
  });
});

describe("a key in OpenClaw's own store", () => {
  it("comes behind the new one, which OpenClaw's own command takes in by reference", () => {
    const plan = planned({ config: stored("openai:manual"), hasStore: true });
    expect(plan.handOver).toMatchObject({
      how: { kind: "import", command: ["doctor", "--fix", "--non-interactive"] },
      credential: "key",
      profileId: "openai:setup-key",
    });
    expect(JSON5.parse(plan.config.after).auth).toEqual({
      ...stored("openai:manual").auth,
      order: { openai: ["openai:setup-key", "openai:manual"] },
    });
    const file = new TextDecoder().decode(plan.handOver?.file.after ?? undefined);
    expect(JSON.parse(file).profiles).toEqual({
      "openai:setup-key": {
        type: "api_key",
        provider: "openai",
        keyRef: { source: "env", provider: "default", id: "OPENAI_API_KEY" },
      },
    });
    expect(file).not.toContain(KEY);
  });

  it("is left alone where that is declined, was done before, or nothing tells of it", () => {
    const found = { config: stored("openai:manual"), hasStore: true };
    const declined = planned(found, { declined: ["stored-key"] });
    expect(declined.handOver).toBeNull();
    expect(JSON5.parse(declined.config.after).auth).toEqual(found.config.auth);
    const again = planned({
      config: planned(found).config.after,
      hasStore: true,
      storesKeyProfile: true,
    });
    expect(again.handOver).toBeNull();
    expect(again.repairs.map(({ id }) => id)).not.toContain("stored-key");
    expect(ids({ config: {}, hasStore: true })).not.toContain("stored-key");
    expect(ids({ config: stored("openai:manual") })).not.toContain("stored-key");
    const other = { auth: { profiles: { "anthropic:a": { provider: "anthropic" } } } };
    expect(ids({ config: other, hasStore: true })).not.toContain("stored-key");
  });
});

describe("a store of an older release", () => {
  it("is taken over where the newer one stops at it, with all that is in it", () => {
    const profiles = PROFILES.replace("// kept", "");
    const plan = planned({ era: NEWEST, profiles });
    expect(plan.repairs[0]).toMatchObject({ id: "retired-store", important: true, accepted: true });
    const file = JSON.parse(new TextDecoder().decode(plan.handOver?.file.after ?? undefined));
    expect(Object.keys(file.profiles)).toEqual([
      "openai:default",
      "anthropic:default",
      "openai:setup-key",
    ]);
    expect(file.profiles["openai:default"].key).toBe(OLD_KEY);
    expect(JSON5.parse(plan.config.after).auth.order.openai).toEqual([
      "openai:setup-key",
      "openai:default",
    ]);
    expect(JSON.stringify(previewOf(plan))).not.toContain(OLD_KEY);
  });

  it("is offered where the release overlooks it", () => {
    const found = { era: row("2026.6.5"), profiles: PROFILES };
    expect(planned(found).repairs[0]).toMatchObject({ id: "overlooked-store", accepted: false });
    const plan = planned(found, { accepted: ["overlooked-store"] });
    expect(plan.handOver?.credential).toBe("key");
    expect(JSON5.parse(plan.config.after).auth.order.openai[0]).toBe("openai:setup-key");
  });

  it("is left alone where the release overlooks it, holds nothing, or that is declined", () => {
    expect(planned({ era: row("2026.6.5"), profiles: PROFILES }).handOver).toBeNull();
    expect(planned({ era: NEWEST, profiles: '{"profiles":{}}' }).handOver).toBeNull();
    const declined = planned({ profiles: PROFILES }, { declined: ["retired-store"] });
    expect(declined.handOver).toBeNull();
    expect(JSON5.parse(declined.config.after).auth).toBeUndefined();
  });
});

describe("an order of profiles that came with a config from another machine", () => {
  const config = { auth: { order: { openai: ["openai:work"] } } };

  it("gets the key first, since no variable is tried beside it", () => {
    const plan = planned({ config });
    expect(plan.repairs[0]).toMatchObject({ id: "stored-key", accepted: true });
    expect(plan.handOver).toMatchObject({ credential: "key", profileId: "openai:setup-key" });
    expect(plan.config.value).toMatchObject({
      auth: { order: { openai: ["openai:setup-key", "openai:work"] } },
    });
    expect(planned({ config }, { declined: ["stored-key"] }).handOver).toBeNull();
    expect(ids({ config, era: row("2026.6.5") })).not.toContain("stored-key");
  });

  it("gets it also where it is the order that was written there", () => {
    const ours = { auth: { order: { openai: ["openai:setup-key"] } } };
    expect(planned({ config: ours }).handOver).toMatchObject({ profileId: "openai:setup-key" });
    const here = { config: ours, hasStore: true };
    expect(planned(here).handOver).toMatchObject({ profileId: "openai:setup-key" });
    expect(planned({ ...here, storesKeyProfile: true }).handOver).toBeNull();
  });
});

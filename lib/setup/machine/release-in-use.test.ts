/** Nothing installed: the files are for the release that wrote the config, and what only a guess asks for waits. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeSnapshot, viewMachine } from "@/lib/setup/machine/snapshot";
import {
  installCommand,
  targetReleaseSchema,
  targetsWith,
} from "@/lib/setup/machine/target-release";
import { modelChoices, subscriptionChoices } from "@/lib/setup/model-proposals";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, NEWEST } from "@/lib/setup/testing/machine";

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "release-in-use-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Nothing on the PATH, and a config if given. */
function withConfig(text?: string) {
  if (text !== undefined) {
    mkdirSync(path.join(home, ".openclaw"));
    writeFileSync(path.join(home, ".openclaw", "openclaw.json"), text);
  }
  return { HOME: home, PATH: path.join(home, "nothing") };
}

const FLAT =
  '{ env: { OPENAI_API_KEY: "sk-old-0123456789abcdefghij", TZ: "UTC" }, agents: { defaults: { memorySearch: {} } }';

describe("the release of the files", () => {
  it("is the one that wrote the config, whose row counts", async () => {
    const env = withConfig(`${FLAT}, meta: { lastTouchedVersion: "2026.5.7" } }`);
    const view = await viewMachine(env, null);
    expect(view).toMatchObject({ release: "2026.5.7", releaseBy: "config", writer: "2026.5.7" });
    expect(view.snapshot.era.since).toBe("2026.5.7");
    const plan = planSetup(view.snapshot, chosen());
    // That release takes both.
    expect(plan.ok && plan.value.repairs.map(({ kind }) => kind)).not.toContain("flat-env-other");
  });

  it("is another where the person chooses one", async () => {
    const env = withConfig('{ meta: { lastTouchedVersion: "2026.5.7" } }');
    const view = await viewMachine(env, null, "2026.9.6");
    expect(view).toMatchObject({ release: "2026.9.6", releaseBy: "chosen", writer: "2026.5.7" });
    expect(view.snapshot.era).toEqual(NEWEST);
  });

  it.each(["{}", '{ meta: { lastTouchedVersion: "; rm -rf" } }', "{ no", undefined])(
    "is the newest where nothing tells: %s",
    async (text) => {
      const view = await viewMachine(withConfig(text), null);
      expect(view).toMatchObject({ release: null, releaseBy: null, writer: null });
      expect(view.snapshot.era).toEqual(NEWEST);
    },
  );

  it("can be chosen beside the tested ones, in order, and is named in the command that installs it", () => {
    const all = targetsWith("2026.6.8");
    expect(all.indexOf("2026.6.8")).toBe(all.indexOf("2026.6.10") + 1);
    expect(targetReleaseSchema.safeParse("2026.6.8").success).toBe(true);
    expect(targetReleaseSchema.safeParse("2026.6.8; id").success).toBe(false);
    expect(installCommand("2026.6.8")).toBe("npm install -g openclaw@2026.6.8");
  });
});

describe("what only a guessed release asks for", () => {
  const repairs = async (text: string | undefined, accepted: string[] = []) => {
    const snapshot = await takeSnapshot(withConfig(text), null);
    const plan = planSetup(snapshot, chosen({ accepted }));
    if (!plan.ok) throw new Error(plan.error.code);
    return { plan: plan.value, made: plan.value.repairs.filter((one) => one.accepted) };
  };

  it("is offered and not made, and the rest is", async () => {
    const { plan, made } = await repairs(`${FLAT} }`);
    const waiting = plan.repairs.filter(({ accepted }) => !accepted).map(({ id }) => id);
    expect(waiting).toEqual(expect.arrayContaining(["flat-env-openai", "flat-env-other"]));
    expect(waiting.some((id) => id.endsWith("agents.defaults.memorySearch"))).toBe(true);
    expect(made.map(({ kind }) => kind)).toEqual(["runtime-pin", "gateway-defaults"]);
    expect(plan.config.after).toContain('TZ: "UTC" }, agents');
  });

  it("is made where the person asks for it", async () => {
    const { plan } = await repairs(`${FLAT} }`, ["flat-env-other"]);
    expect(plan.config.value).toMatchObject({ env: { vars: { TZ: "UTC" } } });
  });
});

describe("models where nothing is installed", () => {
  const ask = async (listed: readonly string[] | null) => {
    const { snapshot, told, toldBy } = await viewMachine(withConfig(), null);
    expect(toldBy).toBe("2026.9.6");
    return { era: snapshot.era, told, listed, present: null };
  };
  const EIGHT = [
    "gpt-5.4",
    "gpt-5.5",
    "gpt-5.6-sol",
    "gpt-5.6-luna",
    "gpt-6-astra",
    "gpt-6-sol",
    "gpt-6-luna",
    "gpt-4.1",
  ];

  it("a key is recommended the newest of the main line that it lists, and no deprecated one", async () => {
    const choices = modelChoices(await ask(EIGHT));
    expect(choices.find(({ recommended }) => recommended)?.ref).toBe("openai/gpt-6-sol");
    expect(choices.find(({ ref }) => ref === "openai/gpt-5.5")?.retired).toEqual({
      successor: "gpt-5.6-sol",
      successorLabel: "GPT-5.6 Sol",
      gone: false,
    });
    const older = modelChoices(await ask(["gpt-5.5", "gpt-5.6-sol"]));
    expect(older[0]).toMatchObject({ ref: "openai/gpt-5.6-sol", recommended: true });
  });

  it("a subscription is recommended what the release takes by itself, else the newest of that line", async () => {
    const best = async (listed: readonly string[] | null) =>
      subscriptionChoices(await ask(listed)).find(({ recommended }) => recommended)?.ref;
    expect(await best(EIGHT)).toBe("openai/gpt-6-astra");
    const proposed = subscriptionChoices(await ask(EIGHT)).filter(({ reason }) => reason !== null);
    expect(proposed.map(({ ref, reason }) => [ref, reason])).toEqual([
      ["openai/gpt-6-astra", "default"],
      ["openai/gpt-6-sol", "value"],
    ]);
    expect(await best(["gpt-6-luna", "gpt-6-sol", "gpt-5.5"])).toBe("openai/gpt-6-sol");
  });
});

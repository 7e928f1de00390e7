/** The commands that the review page prints beside the preview, typed into a shell: they must do what the plan does. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { resolveConfig } from "@/lib/openclaw/config/include";
import { configFiles } from "@/lib/setup/machine/config-files";
import { readDotenv } from "@/lib/text/dotenv/edit";
import type { Json } from "@/lib/text/json5/types";
import { sameJson, valueAt } from "@/lib/text/json5/value";
import type { Case } from "./case";
import { takeTurn } from "./judge";
import { furnish } from "./lived-in";
import { baseEnvironment } from "./run";
import { choicesFor, KEY, look, planned } from "./setup";
import { judge } from "./verdict";

export const printedCommandsCase: Case = {
  group: "place",
  name: "the printed commands do what the plan does",
  async run(subject) {
    await furnish(subject, "commands");
    const { home, release } = subject;
    const snapshot = await look(subject);
    const choices = choicesFor(snapshot);
    const plan = planned(snapshot, choices);
    const { commands, config, edited } = plan;
    judge(
      commands.some((line) => line.includes('models["')),
      "no command has a quoted part of a path",
    );
    const base = baseEnvironment(release, home);
    const env = {
      ...base,
      PATH: [release.binDir, base["PATH"]].join(path.delimiter),
      OPENAI_API_KEY: KEY,
    };
    await promisify(execFile)("/bin/sh", ["-euc", commands.join("\n")], {
      cwd: home.dir,
      // The cast: Next.js types demand a NODE_ENV, which the real CLI does not have.
      env: env as unknown as NodeJS.ProcessEnv,
      timeout: 300_000,
    }).catch((error: Error) => judge(false, error.message.slice(-600)));
    const after = await look(subject);
    const resolved = resolveConfig(configFiles(after));
    const value: Json = resolved.ok ? resolved.value.value : {};
    for (const place of edited) {
      const [wanted, found] = [valueAt(config.value, place), valueAt(value, place)];
      const isToken = JSON.stringify(wanted)?.includes(choices.gatewayToken);
      const same = isToken
        ? /^[0-9a-f]{48}$/u.test(String(valueAt(value, ["gateway", "auth", "token"])))
        : wanted === undefined || found === undefined
          ? wanted === found
          : sameJson(wanted, found);
      judge(same, `${place.join(".")} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
    }
    const dotenv = await readFile(path.join(home.stateDir, ".env"), "utf8");
    judge(readDotenv(dotenv).get("OPENAI_API_KEY") === KEY, "the key is not in .env");
    const turn = await takeTurn(subject);
    judge(turn.replied && `${turn.bearers}` === KEY, `no reply by the key: ${turn.detail}`);
    return `${commands.length} lines; ${turn.ms} ms`;
  },
};

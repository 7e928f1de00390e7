/** A key of a region: its address is written into the entry, and a real turn goes there and nowhere else. */
import { applyTransaction } from "@/lib/files/apply";
import type { Case } from "./case";
import { askValid, takeTurn } from "./judge";
import { choicesFor, KEY, look, planned } from "./setup";
import { judge } from "./verdict";

const EU = "eu.api.openai.com";

export const REGIONS: readonly Case[] = [
  {
    group: "lived-in",
    name: "a key of a region",
    async run(subject) {
      const snapshot = { ...(await look(subject)), checkedAt: `https://${EU}/v1` };
      const plan = planned(snapshot, choicesFor(snapshot));
      const root = snapshot.stateDir;
      const applied = await applyTransaction(plan.files, {
        root,
        allowedRoots: [],
        label: "release test",
      });
      judge(applied.ok, "not written");
      const valid = await askValid(subject);
      judge(valid.verdict !== "refused", "the config is refused");
      const turn = await takeTurn(subject);
      judge(turn.replied, `no reply: ${turn.detail}`);
      judge(`${turn.asked}` === `${EU}/v1/responses`, `asked ${turn.asked}`);
      judge(`${turn.bearers}` === KEY, "the bearer is not the key");
      return `${turn.ms} ms`;
    },
  },
];

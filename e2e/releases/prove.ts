/** The proof of a written key: what the real release says, and a reply that carried the key itself. */
import { askStatus, askValid, lookupOf, type Subject, takeTurn } from "./judge";
import { KEY } from "./setup";
import { judge } from "./verdict";

/** After the plan was written: valid, a credential for every provider in use, and a reply by the key itself. */
export async function proveKey(subject: Subject, model?: string, agent = "main"): Promise<string> {
  const valid = await askValid(subject);
  judge(valid.verdict !== "refused", `config validate: ${"detail" in valid ? valid.detail : ""}`);
  const status = await askStatus(subject, agent === "main" ? undefined : agent);
  judge(status.answered, `models status: ${status.detail}`);
  judge(!status.missing.includes("openai"), `models status misses ${status.missing}`);
  judge(status.obstacles === 0, `models status: ${status.obstacles} unusable routes`);
  const turn = await takeTurn(subject, agent);
  judge(turn.replied, `no reply: ${turn.detail}`);
  judge(
    turn.bearers.every((bearer) => bearer === KEY),
    "the bearer is not the key",
  );
  judge(turn.bearers.length === 1, "no request came");
  judge(`${turn.asked}` === "api.openai.com/v1/responses", `asked ${turn.asked}`);
  const ref = model ?? lookupOf(subject).era.defaultModel.apiKey;
  judge(`${turn.models}` === ref.split("/")[1], `asked for ${turn.models}, not ${ref}`);
  return `${turn.ms} ms`;
}

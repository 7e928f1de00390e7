/** A ChatGPT login given to a real release by the plan and the write of the page, and its proof. */
import { planSetup } from "@/lib/setup/plan";
import type { ChatGptChoices, Plan } from "@/lib/setup/types";
import { verifySetup } from "@/lib/setup/verify";
import { undoWrite, type Written, writePlan } from "@/lib/setup/write";
import { type FakeLogin, fakeLogin } from "./fake-login";
import { lookupOf, type Subject, takeTurn } from "./judge";
import { choicesFor, look, pageEnvironment } from "./setup";
import { judge } from "./verdict";

export interface GivenLogin {
  readonly login: FakeLogin;
  readonly plan: Plan;
  readonly written: Written;
}

/** The page's environment, in which a release that wants a plugin from npm gets none. */
function closed(subject: Subject) {
  return { ...pageEnvironment(subject), npm_config_registry: "http://127.0.0.1:9/" };
}

/** What the page does with a login: plan, write, hand over, and ask the release about it. */
export async function giveLogin(
  subject: Subject,
  name: string,
  more: Partial<ChatGptChoices> = {},
): Promise<GivenLogin> {
  const login = fakeLogin(name);
  const snapshot = await look(subject);
  const { access: accessToken, refresh: refreshToken, accountId, email, expires } = login;
  const planned = planSetup(snapshot, {
    ...choicesFor(snapshot),
    auth: "chatgpt",
    apiKey: null,
    model: snapshot.era.defaultModel.chatgpt,
    login: { accessToken, refreshToken, accountId, email, expiresAt: expires },
    ...more,
  });
  if (!planned.ok) return judge(false, `no plan: ${JSON.stringify(planned.error)}`);
  const plan = planned.value;
  const { signal } = new AbortController();
  const written = await writePlan(plan, closed(subject), signal);
  if (!written.ok) return judge(false, `not written: ${JSON.stringify(written.error)}`);
  const said = await verifySetup(closed(subject), subject.profile ?? null, plan.secrets, signal);
  const verdict = said.kind === "answered" ? said.verdict : said.kind;
  judge(verdict === "usable", `the page's check: ${JSON.stringify(said)}`);
  return { login, plan, written: written.value };
}

/** Another login after the first is the one used; taken back, the first is used again. */
export async function proveSecondLogin(subject: Subject, first: FakeLogin): Promise<string> {
  const second = await giveLogin(subject, "second");
  const proof = await proveLogin(subject, second.login);
  const undone = await undoWrite(second.written);
  judge(undone.ok, `not undone: ${JSON.stringify(undone)}`);
  await proveLogin(subject, first);
  return `${proof}, and after Undo the first again`;
}

/** A turn must carry this login's very token, to ChatGPT and nowhere else. */
export async function proveLogin(
  subject: Subject,
  login: FakeLogin,
  { agent = "main", model = lookupOf(subject).era.defaultModel.chatgpt } = {},
): Promise<string> {
  const turn = await takeTurn(subject, agent);
  judge(turn.replied, `no reply: ${turn.detail}`);
  judge(turn.bearers.length === 1 && turn.bearers[0] === login.access, "not this login's token");
  judge(`${turn.asked}` === "chatgpt.com/backend-api/codex/responses", `asked ${turn.asked}`);
  // 2026.8.1 and later compress the body.
  const asked = [model.split("/")[1], ""].includes(`${turn.models}`);
  judge(asked, `asked for ${turn.models}, not ${model}`);
  return `${turn.ms} ms`;
}

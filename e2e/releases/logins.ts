/** A ChatGPT login given to a real release by the plan and the write of the page, and its proof. */
import type { ChatGptChoices } from "@/lib/setup/choices";
import type { Plan } from "@/lib/setup/types";
import { verifySetup } from "@/lib/setup/verify/verify";
import { undoWrite, type Written } from "@/lib/setup/write/write";
import { type FakeLogin, fakeLogin } from "./fake-login";
import { lookupOf, type Subject, type Turn, takeTurn } from "./judge";
import { choicesFor, closedEnvironment, KEY, writeAsPage } from "./setup";
import { judge } from "./verdict";

export interface GivenLogin {
  readonly login: FakeLogin;
  readonly plan: Plan;
  readonly written: Written;
}

/** What the page does with a login: plan, write, hand over, and ask the release about it. */
export async function giveLogin(
  subject: Subject,
  name: string,
  more: Partial<ChatGptChoices> = {},
): Promise<GivenLogin> {
  const login = fakeLogin(name);
  const { access: accessToken, refresh: refreshToken, accountId, email, expires } = login;
  const { plan, written } = await writeAsPage(subject, (snapshot) => ({
    ...choicesFor(snapshot),
    auth: "chatgpt",
    apiKey: null,
    model: snapshot.era.defaultModel.chatgpt,
    login: { accessToken, refreshToken, accountId, email, expiresAt: expires },
    ...more,
  }));
  const said = await verifySetup(
    closedEnvironment(subject),
    subject.profile ?? null,
    plan.secrets,
    new AbortController().signal,
  );
  const verdict = said.kind === "answered" ? said.verdict : said.kind;
  judge(verdict === "usable", `the page's check: ${JSON.stringify(said)}`);
  return { login, plan, written };
}

/** Another login after the first is the one used; taken back, the first is used again. */
export async function proveSecondLogin(
  subject: Subject,
  first: FakeLogin,
  agent = "main",
): Promise<string> {
  const second = await giveLogin(subject, "second");
  const proof = await proveLogin(subject, second.login, { agent });
  const undone = await undoWrite(second.written);
  judge(undone.ok, `not undone: ${JSON.stringify(undone)}`);
  await proveLogin(subject, first, { agent });
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

/** The login is refused: the key behind it must be asked with next, and reply. */
export async function proveBackup(subject: Subject, login: FakeLogin, status = 429): Promise<Turn> {
  subject.server.refuse(login.access, status);
  const turn = await takeTurn(subject);
  judge(turn.replied, `no reply: ${turn.detail}`);
  judge(`${turn.bearers}` === `${login.access},${KEY}`, "not the login, then the key");
  return turn;
}

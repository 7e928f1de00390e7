/** A ChatGPT login put into a real release by the route that the table names for it. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import JSON5 from "json5";
import { authProfilesJson, type FakeLogin, fakeLogin } from "./fake-login";
import { ask, askStatus, lookupOf, type Subject, takeTurn, words } from "./judge";
import { judge } from "./verdict";

const PROFILES = path.join("agents", "main", "agent", "auth-profiles.json");

/** Hands over a login into a home without one. */
export async function firstLogin(subject: Subject): Promise<FakeLogin> {
  const login = fakeLogin("first");
  await handOver(subject, login, "default");
  return login;
}

/** Hands over another login after `first`, with what the row says that it takes. */
export async function secondLogin(subject: Subject, first: FakeLogin): Promise<string> {
  const { login: route } = lookupOf(subject).era;
  const login = fakeLogin("second");
  await handOver(subject, login, "default");
  if (route.secondLogin === "replace-profile") return proveLogin(subject, login);
  // The table's other half: under the name that is taken, the new login is dropped.
  const kept = await takeTurn(subject);
  judge(`${kept.bearers}` === first.access, "under the same name it was not dropped");
  await handOver(subject, login, "second");
  if (route.secondLogin === "new-profile") return proveLogin(subject, login);
  const still = await takeTurn(subject);
  judge(`${still.bearers}` === first.access, "it is used without auth.order");
  const config = JSON5.parse(await readFile(subject.home.configPath, "utf8"));
  const order = ["second", "default"].map((name) => `${route.storedProvider}:${name}`);
  const auth = { order: { [route.storedProvider]: order } };
  await subject.home.write(".openclaw/openclaw.json", { ...config, auth });
  return proveLogin(subject, login);
}

async function handOver(subject: Subject, login: FakeLogin, name: string): Promise<void> {
  const { login: route } = lookupOf(subject).era;
  const { home } = subject;
  const provider = route.kind === "doctor-import" ? route.fileProvider : route.provider;
  await mkdir(path.dirname(path.join(home.stateDir, PROFILES)), { recursive: true });
  const content = authProfilesJson(provider, `${provider}:${name}`, login);
  await writeFile(path.join(home.stateDir, PROFILES), JSON.stringify(content), { mode: 0o600 });
  if (route.kind !== "doctor-import") return;
  const before = await readFile(home.configPath, "utf8");
  const { agents } = JSON5.parse(before);
  const own = await home.write("private/openclaw.json", { agents });
  const run = await ask(subject, ["doctor", "--fix", "--non-interactive"], {
    timeoutMs: 240_000,
    env: { OPENCLAW_CONFIG_PATH: own, OPENCLAW_STATE_DIR: home.stateDir },
  });
  judge(run.code === 0, `doctor: ${words(run)}`);
  judge((await readFile(home.configPath, "utf8")) === before, "doctor changed the person's config");
}

/** A turn must carry this login's very token, to ChatGPT and nowhere else. */
export async function proveLogin(subject: Subject, login: FakeLogin): Promise<string> {
  const status = await askStatus(subject);
  judge(status.answered, `models status: ${status.detail}`);
  judge(status.missing.length === 0, `models status misses ${status.missing}`);
  const turn = await takeTurn(subject);
  judge(turn.replied, `no reply: ${turn.detail}`);
  judge(turn.bearers.length === 1 && turn.bearers[0] === login.access, "not this login's token");
  judge(`${turn.asked}` === "chatgpt.com/backend-api/codex/responses", `asked ${turn.asked}`);
  return `${turn.ms} ms`;
}

/** Derives models, defaults and retired references from the OpenAI extension's manifest. Pure. */

import type { KnownModel, ReleaseFacts } from "@/lib/openclaw/releases/facts";
import { OPENAI, OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import { lacking, type Part, part } from "@/lib/openclaw/told/facts-read";
import { newestOfMainLine } from "@/lib/openclaw/told/main-line";
import type { ToldOpenAi } from "@/lib/openclaw/told/openai-extension";

export function modelPart(row: ReleaseFacts, openAi: ToldOpenAi | null): Part {
  if (openAi === null || openAi.models.length === 0)
    return lacking("manifest", "missing", "models");
  const own = OPENAI_PROVIDERS.filter((one) => openAi.providers.includes(one));
  const login = row.login.kind === "doctor-import" ? row.login.storedProvider : row.login.provider;
  const isShared = login === OPENAI;
  const models = knownModels(openAi, isShared);
  const refs = models.map(({ ref }) => ref);
  const named = { ...row.defaultModel, ...openAi.defaults };
  const main = newestOfMainLine(
    openAi,
    openAi.models.map(({ id }) => id),
  );
  const apiKey = `${OPENAI}/${main ?? idOf(named.apiKey ?? row.defaultModel.apiKey)}`;
  const chatgpt = `${login}/${idOf(named.chatgpt ?? row.defaultModel.chatgpt)}`;
  const successors = new Map(
    [...row.models.map(({ ref }) => ref), ...Object.keys(row.retiredModels)]
      .filter((ref) => !refs.includes(ref))
      .map((ref) => [ref, ref.startsWith(`${login}/`) || isShared ? chatgpt : apiKey]),
  );
  return part(
    "manifest",
    {
      openAiIsPlugin: true,
      ...(own.length > 0
        ? { goneProviders: OPENAI_PROVIDERS.filter((one) => !own.includes(one)) }
        : {}),
      models,
      defaultModel: {
        apiKey: refs.includes(apiKey) ? apiKey : (refs[0] ?? apiKey),
        chatgpt: refs.includes(chatgpt) ? chatgpt : (refs[0] ?? chatgpt),
      },
      retiredModels: Object.fromEntries(successors),
    },
    "models",
  );
}

function knownModels(openAi: ToldOpenAi, isShared: boolean): KnownModel[] {
  const isRetired = (id: string, host: string) =>
    openAi.retirements.some((one) => one.id === id && one.hosts.includes(host));
  const known = openAi.models.flatMap(({ id, label }): KnownModel[] => {
    const [key, login] = [
      !isRetired(id, "api.openai.com"),
      isShared && !isRetired(id, "chatgpt.com"),
    ];
    if (!key && !login) return [];
    return [
      { ref: `${OPENAI}/${id}`, label, for: key && login ? "both" : key ? "apiKey" : "chatgpt" },
    ];
  });
  const own = isShared
    ? []
    : openAi.loginModels.map(({ id, label }): KnownModel => {
        return { ref: `openai-codex/${id}`, label, for: "chatgpt" };
      });
  return [...known, ...own];
}

function idOf(ref: string): string {
  return ref.slice(ref.indexOf("/") + 1);
}

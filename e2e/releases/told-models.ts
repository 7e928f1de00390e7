/** What the page proposes by the release's own words, put to the proof: the release answers with it. */
import path from "node:path";
import { readToldFiles } from "@/lib/openclaw/told/files";
import { type ModelChoice, modelChoices, subscriptionChoices } from "@/lib/setup/model-proposals";
import type { Case } from "./case";
import { lookupOf, type Subject } from "./judge";
import { giveLogin, proveLogin } from "./logins";
import { proveKey } from "./prove";
import { setUp } from "./setup";
import { judge, Wrong } from "./verdict";

/** For an account that lists every model which the release does. */
export const TOLD_MODELS: readonly Case[] = [
  {
    group: "model",
    name: "recommended by its own words",
    short: true,
    async run(subject) {
      const choice = recommended(subject, "apiKey");
      if (choice === null) return "it lists no models";
      await setUp(subject, { model: choice.ref });
      return `${choice.ref}, ${await proveKey(subject, choice.ref)}`;
    },
  },
  {
    group: "login",
    name: "recommended by its own words",
    async run(subject) {
      const choice = recommended(subject, "chatgpt");
      if (choice === null) return "it lists no models";
      const { login } = await giveLogin(subject, "told", { model: choice.ref });
      return `${choice.ref}, ${await proveLogin(subject, login, { model: choice.ref })}`;
    },
  },
];

function recommended(subject: Subject, credential: "apiKey" | "chatgpt"): ModelChoice | null {
  const { release } = subject;
  const packageDir = path.dirname(release.cli);
  const told = readToldFiles(packageDir, release.version).openAi;
  if (told === null || told.models.length === 0) return null;
  const { era } = lookupOf(subject);
  const listed = told.models.map(({ id }) => id);
  const question = { era, told, listed, present: null };
  const choices = credential === "apiKey" ? modelChoices(question) : subscriptionChoices(question);
  const first = choices.find((choice) => choice.recommended);
  if (!first) throw new Wrong("nothing is recommended");
  judge(
    first.known && first.retired === null,
    `${first.ref} is recommended although it is retired`,
  );
  return first;
}

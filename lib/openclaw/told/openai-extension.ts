/** Reads what an installed OpenClaw says of OpenAI: models, prices, defaults and sign-in methods. Runs nothing. */

import path from "node:path";
import * as z from "zod";
import { OPENAI } from "@/lib/openclaw/releases/names";
import { jsonIn, textIn } from "@/lib/openclaw/told/plain-files";
import { isVisible } from "@/lib/text/visible";

/** In USD per million tokens, in the first tier. */
export interface ToldPrice {
  readonly input: number;
  readonly output: number;
}

export interface ToldModel {
  readonly id: string;
  readonly label: string;
  readonly price: ToldPrice | null;
  readonly deprecated: boolean;
  readonly successor: string | null;
}

/** A model that one host does not serve. */
export interface ToldRetirement {
  readonly id: string;
  readonly hosts: readonly string[];
  readonly successor: string | null;
}

export interface ToldOpenAi {
  /** In the release's order; empty if it has no list (up to 2026.3). */
  readonly models: readonly ToldModel[];
  /** Subscription models with their own provider (up to 2026.5); if empty, `models` serve both. */
  readonly loginModels: readonly ToldModel[];
  readonly retirements: readonly ToldRetirement[];
  /** `provider/model`; null if the file is missing or in an unknown format. */
  readonly defaults: { readonly apiKey: string | null; readonly chatgpt: string | null };
  /** `openai`, and up to 2026.5.28 `openai-codex`. */
  readonly providers: readonly string[];
  /** Offered by `models auth login --provider … --method …`, in the release's order. */
  readonly signInWays: readonly SignInWay[];
  /** The day on which the release was built, so that its prices have a date; null if it does not say. */
  readonly builtOn: string | null;
}

export interface SignInWay {
  /** `openai`, and up to 2026.5.28 `openai-codex`. */
  readonly provider: string;
  /** "oauth", "device-code" or "api-key"; public notes name "siwc" from 2026.9.7 on. */
  readonly method: string;
  readonly label: string | null;
  readonly hint: string | null;
}

const MOST_MODELS = 2_000;
const Id = z.string().regex(/^[\w][\w.:@+/-]{0,199}$/u);

const Model = z.object({
  id: Id,
  name: z.string().max(200).optional(),
  status: z.string().optional(),
  replacedBy: Id.optional(),
  cost: z.object({ input: z.number().nonnegative(), output: z.number().nonnegative() }).optional(),
});
function each<T>(entry: z.ZodType<T>) {
  return z
    .array(z.unknown())
    .max(MOST_MODELS)
    .transform((entries) => entries.flatMap((one) => entry.safeParse(one).data ?? []));
}
const Suppression = z.object({
  provider: z.string(),
  model: Id,
  retirement: z.object({ replacedBy: Id.optional() }).optional(),
  when: z.object({ baseUrlHosts: z.array(z.string()).optional() }).optional(),
});
/** Shown as they are, so control characters are refused. */
const Words = z.string().max(200).refine(isVisible).nullish().catch(null);
const AuthChoice = z.object({
  provider: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/u),
  method: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/u),
  choiceLabel: Words,
  choiceHint: Words,
});
const Manifest = z.object({
  providers: z.array(z.string().max(200)).max(500).catch([]),
  modelCatalog: z
    .object({
      providers: z.record(z.string(), z.object({ models: each(Model) })).optional(),
      suppressions: each(Suppression).optional(),
    })
    .optional(),
  providerAuthChoices: each(AuthChoice).optional(),
});

/** `dist/build-info.json`, in 2026.2.9 to 2026.9.6. */
const BuildInfo = z.object({ builtAt: z.iso.datetime() });

/** Null if the manifest is missing (2026.2) or in an unknown format. Paths as in 2026.5.28 to 2026.9.6. */
export function readOpenAiExtension(folder: string): ToldOpenAi | null {
  const manifest = Manifest.safeParse(jsonIn(path.join(folder, "openclaw.plugin.json")));
  if (!manifest.success) return null;
  const { modelCatalog, providerAuthChoices, providers } = manifest.data;
  const models = (provider: string) =>
    (modelCatalog?.providers?.[provider]?.models ?? []).map(toldModel);
  return {
    models: models(OPENAI),
    loginModels: models("openai-codex"),
    retirements: (modelCatalog?.suppressions ?? [])
      .filter(({ provider, when }) => provider === OPENAI && when?.baseUrlHosts)
      .map(({ model, when, retirement }) => ({
        id: model,
        hosts: when?.baseUrlHosts ?? [],
        successor: retirement?.replacedBy ?? null,
      })),
    defaults: defaultsIn(folder),
    providers,
    signInWays: (providerAuthChoices ?? []).map(
      ({ provider, method, choiceLabel, choiceHint }) => ({
        provider,
        method,
        label: choiceLabel ?? null,
        hint: choiceHint ?? null,
      }),
    ),
    builtOn: builtOn(path.join(folder, "..", "..", "build-info.json")),
  };
}

function builtOn(file: string): string | null {
  return BuildInfo.safeParse(jsonIn(file)).data?.builtAt.slice(0, 10) ?? null;
}

function toldModel({ id, name, status, replacedBy, cost }: z.infer<typeof Model>): ToldModel {
  return {
    id,
    label: name ?? id,
    price: cost ? { input: cost.input, output: cost.output } : null,
    deprecated: status === "deprecated",
    successor: replacedBy ?? null,
  };
}

/** 2026.9.6 declares them in `api.d.ts`, 2026.8.1 in `default-models.d.ts`; 2026.5.28 to 2026.7.1 import them there. */
function defaultsIn(folder: string): ToldOpenAi["defaults"] {
  for (const name of ["api.d.ts", "default-models.d.ts"]) {
    const text = textIn(path.join(folder, name)) ?? "";
    const found = declared(text);
    if (found.apiKey !== null) return found;
    const from = /OPENAI_DEFAULT_MODEL[^;]*?from "((?:\.\.?\/)+[\w./-]+)\.js"/u.exec(text)?.[1];
    if (from === undefined) continue;
    const elsewhere = declared(textIn(path.join(folder, `${from}.d.ts`)) ?? "");
    if (elsewhere.apiKey !== null) return elsewhere;
  }
  return { apiKey: null, chatgpt: null };
}

function declared(text: string): ToldOpenAi["defaults"] {
  const value = (name: string) =>
    new RegExp(`\\bconst ${name}(?:: [^=]+)? = "([\\w][\\w./:-]{0,199})"`, "u").exec(text)?.[1] ??
    null;
  return { apiKey: value("OPENAI_DEFAULT_MODEL"), chatgpt: value("OPENAI_CODEX_DEFAULT_MODEL") };
}

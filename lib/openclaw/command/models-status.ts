/** Normalizes `openclaw models status --json` across releases. */

import * as z from "zod";
import { redact } from "@/lib/secrets/redact";
import { visible } from "@/lib/text/visible";

const text = z.string().catch("");
/** No installation has a third of this; each is searched for secrets. */
const MOST_ENTRIES = 1_000;
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.slice(0, MOST_ENTRIES).flatMap((value) => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );

/** Shown where it is none that is known. */
const Effective = z.object({ kind: z.string().transform(visible), detail: text });
const Profile = z.object({
  profileId: z.string(),
  provider: text,
  type: text,
  status: text,
  expiresAt: z.number().nullable().catch(null),
});

/** Common to 2026.2.9 to 2026.9.6; `auth` separates an answer from an error. */
export const StatusAnswer = z.object({
  defaultModel: text,
  resolvedDefault: text,
  fallbacks: list(z.string()),
  auth: z.object({
    missingProvidersInUse: list(z.string()),
    // Since 2026.9.
    modelRouteIssues: list(z.object({ kind: text, provider: text, model: text, message: text })),
    // Since 2026.6.10; the runtime* fields since 2026.9.
    runtimeAuthRoutes: list(
      z.object({
        provider: text,
        runtime: text,
        status: text,
        authStatus: text,
        runtimeReason: text,
        runtimeDetail: text,
      }),
    ),
    providers: list(
      z.object({
        provider: z.string(),
        effective: Effective.nullable().catch(null),
        env: z.object({ source: text }).nullable().catch(null),
        profiles: z.object({ labels: list(z.string()) }).catch({ labels: [] }),
      }),
    ),
    unusableProfiles: list(z.object({ profileId: z.string() }).loose()),
    oauth: z.object({ profiles: list(Profile) }).catch({ profiles: [] }),
  }),
});

export interface StatusProfile {
  readonly id: string;
  readonly type: string;
  /** `ok`, `expiring`, `expired`, `missing`, or `static` for a key. */
  readonly status: string;
  readonly expiresAt: number | null;
}

export interface ProviderStatus {
  readonly provider: string;
  /** Such as `profiles` or `env`; 2026.9.6 says `env` even if `auth: "api-key"` selects the config's key. */
  readonly effective: { readonly kind: string; readonly detail: string } | null;
  /** For example "env: OPENAI_API_KEY" or "shell env: OPENAI_API_KEY". */
  readonly variable: string | null;
  readonly profiles: readonly StatusProfile[];
  /** Masked by the release: `openai:manual=sk-proj-••••PROF`. */
  readonly profileLabels: readonly string[];
}

export interface ModelsStatus {
  readonly defaultModel: string;
  readonly fallbacks: readonly string[];
  readonly providers: readonly ProviderStatus[];
  readonly missingProviders: readonly string[];
  readonly unusableProfiles: readonly string[];
  /** `missing-auth` or `indeterminate`, with the release's message. */
  readonly issues: ReadonlyArray<{
    readonly kind: string;
    readonly provider: string;
    readonly model: string;
    readonly message: string;
  }>;
  /** Runtimes other than OpenClaw's own, such as the codex plugin's. */
  readonly routes: ReadonlyArray<{
    readonly provider: string;
    readonly runtime: string;
    readonly status: string;
    readonly authStatus: string;
    readonly reason: string;
    readonly detail: string;
  }>;
}

export function normaliseStatus(
  answer: z.infer<typeof StatusAnswer>,
  secrets: readonly string[],
): ModelsStatus {
  const clean = (value: string) => redact(value, secrets);
  const { auth } = answer;
  return {
    defaultModel: answer.resolvedDefault || answer.defaultModel,
    fallbacks: answer.fallbacks,
    providers: auth.providers.map((entry) => ({
      provider: entry.provider,
      effective: entry.effective && {
        kind: entry.effective.kind,
        detail: clean(entry.effective.detail),
      },
      variable: entry.env && clean(entry.env.source),
      profiles: auth.oauth.profiles
        .filter((profile) => profile.provider === entry.provider)
        .map(({ profileId, type, status, expiresAt }) => ({
          id: profileId,
          type,
          status,
          expiresAt,
        })),
      profileLabels: entry.profiles.labels.map(clean),
    })),
    missingProviders: auth.missingProvidersInUse,
    unusableProfiles: auth.unusableProfiles.map((profile) => profile.profileId),
    issues: auth.modelRouteIssues.map((issue) => ({ ...issue, message: clean(issue.message) })),
    routes: auth.runtimeAuthRoutes.map((route) => ({
      provider: route.provider,
      runtime: route.runtime,
      status: route.status,
      authStatus: route.authStatus,
      reason: route.runtimeReason,
      detail: clean(route.runtimeDetail),
    })),
  };
}

export type ModelVerdict =
  | { readonly state: "usable"; readonly provider: string }
  | {
      readonly state: "unusable";
      readonly provider: string;
      readonly because: "no-model" | "missing-credential" | "expired-login" | "route-unavailable";
      readonly detail: string;
    }
  | { readonly state: "uncertain"; readonly provider: string; readonly detail: string };

export function judgeModel(status: ModelsStatus, ref = status.defaultModel): ModelVerdict {
  const slash = ref.indexOf("/");
  const provider = slash > 0 ? ref.slice(0, slash) : "";
  const model = ref.slice(slash + 1);
  const unusable = (
    because: Extract<ModelVerdict, { state: "unusable" }>["because"],
    detail = "",
  ): ModelVerdict => ({ state: "unusable", provider, because, detail });
  if (provider === "") return unusable("no-model");
  const issues = status.issues.filter(
    (issue) => issue.provider === provider && issue.model === model,
  );
  const missing = issues.find((issue) => issue.kind === "missing-auth");
  if (missing) return unusable("missing-credential", missing.message);
  const entry = status.providers.find((candidate) => candidate.provider === provider);
  if (status.missingProviders.includes(provider)) return unusable("missing-credential");
  const [login, ...others] = entry?.profiles ?? [];
  if (
    entry?.effective?.kind === "profiles" &&
    login?.status === "expired" &&
    others.every((profile) => profile.status === "expired")
  ) {
    return unusable("expired-login", login.id);
  }
  const route = status.routes.find((candidate) => candidate.provider === provider);
  if (route?.status === "unavailable" && route.reason !== "") {
    return unusable("route-unavailable", route.detail);
  }
  const unclear = issues.find((issue) => issue.kind !== "missing-auth");
  if (unclear) return { state: "uncertain", provider, detail: unclear.message };
  if (!entry?.effective) return { state: "uncertain", provider, detail: "" };
  return { state: "usable", provider };
}

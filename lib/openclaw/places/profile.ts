/** Applies `--profile NAME` to OpenClaw's environment. */

import { given, type HomeContext, resolveHome, resolveUserPath } from "@/lib/openclaw/places/home";
import type { LocationRules } from "@/lib/openclaw/releases/facts";

/** With any other name OpenClaw exits with code 2 (2026.2.9 to 2026.9.6). */
export function isProfileName(name: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,63}$/i.test(name);
}

/** Other variables win; from 2026.8.1 on, a place that comes from the inherited profile does not. */
export function applyProfile(
  context: HomeContext,
  rules: LocationRules,
  profile: string,
): Record<string, string | undefined> {
  const { path } = context;
  const env: Record<string, string | undefined> = { ...context.env };
  const inherited = given(env, "OPENCLAW_PROFILE") ?? "default";
  const selectedDir = profileDir(context, profile);
  let stateDir = given(env, "OPENCLAW_STATE_DIR");
  let configPath = given(env, "OPENCLAW_CONFIG_PATH");
  if (rules.profileReplacesInherited && isProfileName(inherited)) {
    const inheritedDir = profileDir(context, inherited);
    if (inheritedDir !== selectedDir) {
      const isInherited = (value: string, place: string) =>
        resolveUserPath(context, value) === place;
      const stateGivesWay = stateDir !== undefined && isInherited(stateDir, inheritedDir);
      const mayReplace = stateDir === undefined || stateGivesWay;
      if (
        mayReplace &&
        configPath !== undefined &&
        isInherited(configPath, path.join(inheritedDir, "openclaw.json"))
      ) {
        configPath = undefined;
      }
      if (stateGivesWay) stateDir = undefined;
    }
  }
  env["OPENCLAW_PROFILE"] = profile;
  if (stateDir === undefined) env["OPENCLAW_STATE_DIR"] = selectedDir;
  if (configPath === undefined) {
    env["OPENCLAW_CONFIG_PATH"] = path.join(stateDir ?? selectedDir, "openclaw.json");
  }
  return env;
}

function profileDir(context: HomeContext, profile: string): string {
  const suffix = profile.toLowerCase() === "default" ? "" : `-${profile}`;
  return context.path.join(resolveHome(context).dir, `.openclaw${suffix}`);
}

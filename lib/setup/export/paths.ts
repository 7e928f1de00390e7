/** Translates paths of this machine to those of the deployment. */

import type { Shape } from "@/lib/openclaw/deployments/shapes";
import type { Snapshot } from "@/lib/setup/snapshot";

export type Host = Pick<Snapshot, "homeDir" | "stateDir">;

/** Ends a directory name, so that "/home/ada" does not match "/home/ada-backup". */
const END = String.raw`(?=$|[/\\"'\s:;,)\]}])`;
/** An absolute path, unlike the path of an address such as "/hooks". */
const ABSOLUTE =
  /^(?:file:\/\/)?(?:\/(?:home|Users|root|mnt|media|Volumes|private|var|opt|srv|usr|tmp|etc|run|snap|nix)(?:\/|$)|[A-Za-z]:[\\/]|\\\\)/u;

/** Moves home paths into the deployment's only lasting folder; null for other places of this machine. Pure. */
export function movedPath(text: string, host: Host, there: Shape): string | null {
  const { homeDir, stateDir } = there;
  const moved = [
    [host.stateDir, stateDir],
    ...(stateDir === `${homeDir}/.openclaw` ? [] : [["~/.openclaw", stateDir]]),
    [host.homeDir, stateDir],
  ].reduce((now, [from = "", to = ""]) => replacePath(now, from, to), text);
  if (moved === text) return ABSOLUTE.test(text) && !isThere(text, there) ? null : text;
  return ABSOLUTE.test(moved) && !isThere(moved, there) ? null : moved;
}

/** Whether it names a directory of this machine that the deployment lacks. */
export function namesHost(text: string, host: Host, there: Shape): boolean {
  return [host.stateDir, host.homeDir].some(
    (directory) =>
      isDirectory(directory) && !isThere(directory, there) && pattern(directory).test(text),
  );
}

function replacePath(text: string, from: string, to: string): string {
  if (!isDirectory(from)) return text;
  return text.replace(pattern(from, String.raw`(?<rest>[/\\][^"'\s:;,)\]}]*)?`), (...found) => {
    const { rest = "" } = found.at(-1) as { rest?: string };
    return to + rest.replaceAll("\\", "/");
  });
}

function pattern(directory: string, more = ""): RegExp {
  const escaped = directory.replace(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w.-])${escaped}${END}${more}`, "gu");
}

function isDirectory(path: string): boolean {
  return path.length > 1 && path !== "~";
}

function isThere(path: string, { homeDir, stateDir }: Shape): boolean {
  return [homeDir, stateDir].some((own) => path === own || path.startsWith(`${own}/`));
}

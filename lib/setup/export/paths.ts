/** Paths of the machine that a config was made on, as they are where it is taken to. */

import type { Shape } from "@/lib/openclaw/deployments/shapes";
import type { Snapshot } from "@/lib/setup/types";

export type Host = Pick<Snapshot, "homeDir" | "stateDir">;

/** A name of a directory ends here, and does not go on as in "/home/ada-backup". */
const END = String.raw`(?=$|[/\\"'\s:;,)\]}])`;
/** Absolute, and not a path of an address as in "/hooks". */
const ABSOLUTE =
  /^(?:file:\/\/)?(?:\/(?:home|Users|root|mnt|media|Volumes|private|var|opt|srv|usr|tmp|etc|run|snap|nix)(?:\/|$)|[A-Za-z]:[\\/]|\\\\)/u;

/**
 * Pure. The text with every path of the state directory led to the one there, and every other one of the home into
 * it as well, since nothing else is writable and kept in a container. Null: it names a place of this machine only.
 */
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

/** Whether a text still names a directory of the machine; one that is there as well says nothing. */
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

/** The root of everything is no place of its own. */
function isDirectory(path: string): boolean {
  return path.length > 1 && path !== "~";
}

function isThere(path: string, { homeDir, stateDir }: Shape): boolean {
  return [homeDir, stateDir].some((own) => path === own || path.startsWith(`${own}/`));
}

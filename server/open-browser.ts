/** Opens the browser without showing the start token on a command line, which others can read. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const KEPT_FOR_MS = 60_000;

/** Does nothing without a display; the user then opens the printed address. */
export async function openBrowser(url: string): Promise<void> {
  const { env, platform } = process;
  const remote = Boolean(env["SSH_CONNECTION"] || env["SSH_TTY"]);
  const screen = platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
  if (remote || !screen) return;
  const folder = await mkdtemp(join(tmpdir(), "openclaw-setup-"));
  const file = join(folder, "open.html");
  await writeFile(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${url}">`, {
    mode: 0o600,
  });
  const forget = () => rm(folder, { recursive: true, force: true });
  setTimeout(forget, KEPT_FOR_MS).unref();
  const { default: open } = await import("open");
  await open(file)
    .then((child) => child.on("error", () => {}))
    .catch(forget);
}

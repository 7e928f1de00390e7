/** Opens the browser without showing the start token on a command line, which others can read. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makePrivateFolder, removePrivateFolder } from "@/lib/system/private-folder";

const KEPT_FOR_MS = 60_000;

/** Does nothing without a display; the user then opens the printed address. */
export async function openBrowser(url: string): Promise<void> {
  const { env, platform } = process;
  const remote = Boolean(env["SSH_CONNECTION"] || env["SSH_TTY"]);
  const screen = platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
  if (remote || !screen) return;
  // Where the program ends within the minute, the next one sweeps it.
  const folder = await makePrivateFolder();
  const file = join(folder, "open.html");
  await writeFile(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${url}">`, {
    mode: 0o600,
  });
  const forget = () => removePrivateFolder(folder);
  setTimeout(forget, KEPT_FOR_MS).unref();
  const { default: open } = await import("open");
  await open(file)
    .then((child) => child.on("error", () => {}))
    .catch(forget);
}

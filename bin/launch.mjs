// Implements `npm start`: install, build, serve, end cleanly. `npm run dev` compiles each page on demand.

import nodeModule from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readText } from "../lib/system/read.mjs";
import { readOptions } from "./options.mjs";
import { ownCommand, ownPlace } from "./place.mjs";
import { showWait } from "./progress.mjs";
import { endChildren } from "./run.mjs";

/** The server's time to finish or roll back running work, in milliseconds. */
const GRACE_MS = 20_000;
/** Keeps `npm run dev` apart from the programs that `npm start` uses, as in `prepare/clone.mjs`. */
const DEV_FOLDER = "dist/dev";
const UNNOTICED_MS = 700;

/**
 * @param {string[]} args
 * @param {(key: string, values?: Record<string, string | number>) => string} words
 * @param {(end: () => void) => void} takeOver makes signals call `end` from now on
 */
export async function launch(args, words, takeOver) {
  const { root, page, isPackage } = ownPlace();
  /** @type {(key: string) => void} */
  const say = (key) => void process.stdout.write(`${words(key)}\n`);
  /** @type {(text: string, status: number) => void} */
  const fail = (text, status) => {
    process.stderr.write(`${text}\n`);
    process.exit(status);
  };

  const options = readOptions(args);
  if (options.kind === "bad") return fail(words(options.word, options.values), 2);
  if (options.kind === "help") return say("help");
  if (options.kind === "version") {
    const { version } = JSON.parse(readText(join(root, "package.json")) ?? "{}");
    process.stdout.write(`${version}\n`);
    return;
  }

  /** @type {{ close(): Promise<void> } | null} */
  let server = null;
  /** When it was first asked to end; 0 if not yet. */
  let askedAt = 0;
  const end = () => {
    if (askedAt > 0) {
      // A second signal ends it at once; npm repeats the terminal's signal, which does not count.
      if (performance.now() - askedAt > UNNOTICED_MS) process.exit(0);
      return;
    }
    askedAt = performance.now();
    endChildren();
    if (!server) process.exit(0);
    setTimeout(() => say("ending"), UNNOTICED_MS);
    setTimeout(() => process.exit(0), GRACE_MS);
    server.close().finally(() => process.exit(0));
  };
  takeOver(end);

  const mode = options.dev ? "development" : "production";
  if (!isPackage) {
    const problem = await (await import("./prepare/clone.mjs")).prepareClone(
      root,
      options.dev,
      say,
      (key) => showWait(words(key)),
    );
    if (problem) return fail(words(problem.word, { detail: problem.detail, root }), 1);
  }
  // Set only now, because NODE_ENV=production would make npm skip packages.
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" });
  say("starting");
  // Users can do nothing about deprecations in dependencies.
  if (!options.dev) process.noDeprecation = true;
  // Shown by `ps`, and by a second start that finds the port in use.
  process.title = "openclaw-setup";
  // Since Node 22.8, later starts can reuse compiled code.
  const { enableCompileCache } =
    /** @type {{ enableCompileCache?: (directory: string) => unknown }} */ (nodeModule);
  if (!isPackage) enableCompileCache?.(join(root, ".cache", "compiled"));
  const programs = join(page, options.dev ? DEV_FOLDER : "dist");
  const { startServer, portHolder } = nodeModule.createRequire(import.meta.url)(
    join(programs, "server.cjs"),
  );
  /** @param {string} url */
  const openBrowser = async (url) =>
    (await import(pathToFileURL(join(programs, "open-browser.mjs")).href)).openBrowser(url);
  try {
    const { port, locale, profile, dev } = options;
    server = await startServer({
      port,
      open: options.open ? openBrowser : null,
      locale,
      profile,
      root: page,
      command: ownCommand(process.env),
      dev,
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    const ports = { port: options.port, other: options.port === 1466 ? 1477 : 1466 };
    if (code === "EADDRINUSE") {
      const holder = await portHolder(options.port);
      if (holder) return fail(words("portTakenBy", { ...ports, ...holder }), 1);
      return fail(words("portTaken", ports), 1);
    }
    if (code === "EACCES") return fail(words("portDenied", ports), 1);
    fail(words("failed", { detail: error instanceof Error ? error.message : String(error) }), 1);
  }
}

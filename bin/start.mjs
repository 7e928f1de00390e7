#!/usr/bin/env node
// Checks the Node version, then hands over. Old versions must be able to parse this file,
// so everything else is imported after the check.

import { isNewEnough, NEEDED_NODE } from "./node-version.mjs";
import { chooseLanguage, speaker } from "./words.mjs";

// By default this signal opens a debugger port that every local user can reach.
process.on("SIGUSR1", () => {});

// Process 1 of a container receives only signals with a handler.
/** @type {() => void} */
let end = () => process.exit(0);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end());

// A killed npm passes nothing on, so this process must notice that and free the port.
const npm = process.ppid;
if (process.env["npm_lifecycle_event"] && process.platform !== "win32") {
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}

const args = process.argv.slice(2);
const language = chooseLanguage(args, process.env);
const words = speaker(language);

/** @type {(atEnd: () => void) => void} */
const takeOver = (atEnd) => {
  end = atEnd;
};
// A command starts with its name; the page takes only options.
const isCommand = args.length > 0 && String(args[0]).indexOf("-") !== 0;

if (!isNewEnough(process.versions.node)) {
  process.stderr.write(
    `${words("nodeTooOld", { needed: NEEDED_NODE, found: process.versions.node })}\n`,
  );
  process.exitCode = 1;
} else if (isCommand) {
  runCommand(args, null);
} else {
  import("./way.mjs").then(({ wayOf }) => {
    const { env, platform, stdin, stdout } = process;
    const isInteractive = stdin.isTTY === true && stdout.isTTY === true;
    const way = wayOf(args, { env, platform, isInteractive });
    if (way === "page") return openPage(args);
    const rest = args.filter((arg) => arg !== "--terminal");
    // Without either, the user may still choose the page.
    return runCommand(["terminal"].concat(rest), way === "ask" ? () => openPage(args) : null);
  });
}

/** @param {string[]} options */
function openPage(options) {
  return import("./launch.mjs").then((launch) => launch.launch(options, words, takeOver));
}

/**
 * @param {string[]} line
 * @param {(() => Promise<void>) | null} page opens the page if the user chooses it
 */
function runCommand(line, page) {
  return import("./command-line.mjs")
    .then((program) => program.runCommandLine(line, language, words, takeOver, page !== null))
    .then((code) => {
      if (code === null) return page ? page() : undefined;
      const isAsked = line[0] === "terminal" && (code === 130 || code === 9);
      // npm would print an error for an end that the user asked for.
      process.exitCode = isAsked && process.env["npm_lifecycle_event"] ? 0 : code;
    });
}

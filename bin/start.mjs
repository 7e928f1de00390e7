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

// On a signal npm ends only its shell, so this process must notice that and free the port.
const shell = process.ppid;
if (process.env["npm_lifecycle_event"] && process.platform !== "win32") {
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
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
  import("./command-line.mjs")
    .then((line) => line.runCommandLine(args, language, words, takeOver))
    .then((code) => {
      process.exitCode = code;
    });
} else {
  import("./launch.mjs").then((launch) => launch.launch(args, words, takeOver));
}

#!/usr/bin/env node
// `npm start`: checks Node, then hands over. Nothing newer than an old Node can read stands here,
// and everything else is imported only after the check.

import { isNewEnough, NEEDED_NODE } from "./node-version.mjs";
import { chooseLanguage, speaker } from "./words.mjs";

// Left alone, this signal opens a debugger on a port that every user of the machine can reach.
process.on("SIGUSR1", () => {});

// The first process of a container gets no signal that it has not asked for.
/** @type {() => void} */
let end = () => process.exit(0);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end());

// npm ends its shell on a signal to end, and not what runs in it; the port would stay taken.
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
// A command has a name; the page has options alone.
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

#!/usr/bin/env node
// `npm start`: checks Node, then hands over. Nothing newer than an old Node can read stands here,
// and everything else is imported only after the check.

import { isNewEnough, NEEDED_NODE } from "./node-version.mjs";
import { chooseLanguage, speaker } from "./words.mjs";

// Left alone, this signal opens a debugger on a port that every user of the machine can reach.
process.on("SIGUSR1", () => {});

const args = process.argv.slice(2);
const words = speaker(chooseLanguage(args, process.env));

if (isNewEnough(process.versions.node)) {
  import("./launch.mjs").then((launch) => launch.launch(args, words));
} else {
  process.stderr.write(
    `${words("nodeTooOld", { needed: NEEDED_NODE, found: process.versions.node })}\n`,
  );
  process.exitCode = 1;
}

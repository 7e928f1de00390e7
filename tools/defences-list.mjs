// Every defence with the edit that takes it out and the test that must then fail. See docs/security.md.

/**
 * @typedef {{ file: string, from: string, to: string }} Edit `from` stands in the file, once or more often
 * @typedef {object} Defence
 * @property {string} attack of the table in docs/security.md
 * @property {string} name
 * @property {Edit[]} edits more than one where a defence is doubled
 * @property {"none" | "server" | "page"} builds what has to be built again: `page` includes the server
 * @property {string} spec
 * @property {string} title of the test, as a pattern
 */

const DOOR = "lib/door/door.ts";
const SERVER = "server/server.ts";
const ADMIT = "server/admit.ts";
const REFUSE = "server/refuse.ts";
const HEADERS = "server/response-headers.ts";
const RELAY = "lib/openai/chatgpt/relay.ts";
const NETWORK = "e2e/attacks/network.spec.ts";
const PAGE = "e2e/attacks/page.spec.ts";
const FILES = "e2e/attacks/files.spec.ts";
const CANARY = "e2e/attacks/canary.spec.ts";
const CANARY_SIGN_IN = "e2e/attacks/canary-sign-in.spec.ts";
const LONG_LINE = "lib/setup/review/long-line.test.ts";
const DETECT = "lib/openclaw/program/detect.test.ts";
const REDACT = "lib/secrets/redact.test.ts";
const PLACES = "lib/secrets/masked-places.test.ts";
const SIGN_IN = "e2e/attacks/sign-in.spec.ts";
const NAMES = "e2e/attacks/names.spec.ts";
const OUTPUTS = "lib/setup/review/outputs.property.test.ts";

const HOSTILE = "lib/files/hostile.test.ts";
const LOCK_TEST = "lib/files/transaction/lock.test.ts";
const STEP_TEST = "lib/files/step.test.ts";
const BOUNDS = "lib/openai/bounds.test.ts";
const UNDO = "lib/setup/write/undo.test.ts";
const SEAL = "lib/files/transaction/seal.ts";
const STEP_FILES = "lib/files/transaction/step-files.ts";
const READ = "lib/system/read.mjs";
const LONG_TEXTS = "lib/openclaw/long-texts.test.ts";
const REHEARSAL_RELAY = "lib/setup/verify/rehearsal/relay.ts";
const RELAY_TEST = "lib/setup/verify/rehearsal/relay.test.ts";
const INSTALL_TEST = "lib/openclaw/install/install.test.ts";
const SWEEP_TEST = "lib/system/private-folder.test.ts";
const SESSION = "lib/openclaw/gateway/session.ts";
const SESSION_TEST = "lib/openclaw/gateway/session.test.ts";

/** @type {(attack: string, name: string, builds: Defence["builds"], spec: string, title: string, ...edits: [string, string, string][]) => Defence} */
const defence = (attack, name, builds, spec, title, ...edits) => ({
  attack,
  name,
  builds,
  spec,
  title,
  edits: edits.map(([file, from, to]) => ({ file, from, to })),
});

/** @type {[string, string, string]} */
const ORIGIN = [DOOR, "    judgeOrigin(request) ??\n", ""];

/** @type {readonly Defence[]} */
export const DEFENCES = [
  defence("1", "the name in Host", "server", NETWORK, "1\\. DNS", [
    DOOR,
    "given.length !== 1 || host === undefined || !hosts.includes(host.toLowerCase())",
    "host === ''",
  ]),
  defence("1", "the forwarded names", "server", NETWORK, "1\\. DNS", [
    DOOR,
    "forwarded.some((value) => !hosts.includes(value.trim().toLowerCase()))",
    "false",
  ]),
  defence("1", "a plain target", "server", NETWORK, "1\\. DNS", [
    DOOR,
    "    judgeTarget(request) ??\n",
    "",
  ]),
  defence("2", "the origin, at the door", "server", NETWORK, "2\\. CSRF", ORIGIN),
  defence("2", "the origin, at the door and in each action", "page", NETWORK, "2\\. CSRF", ORIGIN),
  defence("2", "what one may be led to", "server", NETWORK, "2\\. CSRF", [
    DOOR,
    '    only(header("sec-fetch-dest")) === "document" &&\n    mayBeLedTo(target);',
    '    only(header("sec-fetch-dest")) === "document";',
  ]),
  defence("3", "the loopback address", "server", NETWORK, "3\\. The network", [
    SERVER,
    'listen("127.0.0.1"',
    'listen("0.0.0.0"',
  ]),
  defence("4", "a link opens once", "server", NETWORK, "4\\. Other", [
    "lib/door/start-tokens.ts",
    '    if (state === "used") return "used";\n',
    "",
  ]),
  defence("4", "the cookie", "server", NETWORK, "4\\. Other", [
    DOOR,
    'return hasSession ? { kind: "enter" } : { kind: "locked" };',
    'return { kind: "enter" };',
  ]),
  defence("4", "no referrer from an address with a token", "server", NETWORK, "4\\. Other", [
    REFUSE,
    '  res.setHeader("referrer-policy", "no-referrer");\n',
    '  res.setHeader("referrer-policy", "unsafe-url");\n',
  ]),
  defence("4", "the file in place of the address", "server", NETWORK, "4b\\.", [
    "server/open-browser.ts",
    "await open(file)",
    "await open(url)",
  ]),
  defence("4", "the user a visit belongs to", "server", NETWORK, "4c\\.", [
    ADMIT,
    "found !== null && (found.user === null || found.user === (await userOf(req)))",
    "found !== null",
  ]),
  defence("4", "no debugger on a signal", "none", NETWORK, "4d\\.", [
    "bin/start.mjs",
    'process.on("SIGUSR1", () => {});',
    "",
  ]),
  defence("5", "the state, at the relay", "server", SIGN_IN, "5\\.", [
    RELAY,
    "states.length !== 1 || states[0] !== attempt.state",
    "false",
  ]),
  defence("5", "the names of the relay", "server", SIGN_IN, "5\\.", [
    RELAY,
    '!hosts.includes((request.headers.host ?? "").toLowerCase())',
    "false",
  ]),
  defence("5", "who may end a sign-in", "server", SIGN_IN, "5\\.", [
    RELAY,
    "return fromPage ? only(403)",
    "return false ? only(403)",
  ]),
  defence("6", "no frame, by the policy", "server", PAGE, "6a\\.", [
    HEADERS,
    "      \"frame-ancestors 'none'\",\n",
    "",
  ]),
  defence(
    "6",
    "no frame, all three ways",
    "server",
    PAGE,
    "6b\\.",
    [HEADERS, "      \"frame-ancestors 'none'\",\n", ""],
    [HEADERS, '    "x-frame-options": "DENY",\n', ""],
    [
      DOOR,
      'return own || navigation ? null : { kind: "refuse", status: 403, why: "site" };',
      "return null;",
    ],
    [HEADERS, '    "cross-origin-resource-policy": "same-origin",\n', ""],
  ),
  defence("6", "no hold on our window", "server", PAGE, "6b\\.", [
    HEADERS,
    '    "cross-origin-opener-policy": "same-origin",\n',
    "",
  ]),
  defence("6", "headers on what is no HTTP", "server", PAGE, "6a\\.", [
    SERVER,
    '    server.on("clientError", refuseBytes);\n',
    "",
  ]),
  defence("6", "characters one does not see", "page", PAGE, "6c\\.", [
    "lib/text/visible.ts",
    "(isLayout(char, text[at + 1]) ? char : byNumber(char))",
    "char",
  ]),
  defence("7", "the list of targets", "page", PAGE, "7\\.", [
    "app/_parts/actions.ts",
    "from: z.enum(PAGES)",
    "from: z.string()",
  ]),
  defence("8", "the mask of files", "page", CANARY, "8\\.", [
    "lib/secrets/mask.ts",
    '  const places = language === "dotenv" ? placesInDotenv(text) : placesInJson5(text);\n',
    '  return [{ text, hidden: null }];\n  const places = language === "dotenv" ? placesInDotenv(text) : placesInJson5(text);\n',
  ]),
  defence("8", "the mask of what OpenClaw says", "page", CANARY, "8\\.", [
    "lib/secrets/redact.ts",
    "  const shown = plain(text).replace(",
    "  return text;\n  const shown = plain(text).replace(",
  ]),
  defence("8", "the mask of what OpenClaw says of a login", "page", CANARY_SIGN_IN, "8b\\.", [
    "lib/secrets/redact.ts",
    "  const shown = plain(text).replace(",
    "  return text;\n  const shown = plain(text).replace(",
  ]),
  defence("9", "the count of names", "page", FILES, "a second name", [
    "lib/files/transaction/inspect.ts",
    "  if (found.nlink > 1)\n",
    "  if (found.nlink > 99)\n",
  ]),
  defence("9", "the recovery at start", "server", FILES, "9\\. A write that was cut off", [
    SERVER,
    "    await reportRecovery(instance);\n",
    "",
  ]),
  defence("10", "the digest of what was previewed", "page", FILES, "10\\.", [
    "lib/visit/write.ts",
    "plan.value.digest !== digest",
    "false",
  ]),
  defence("11", "the form of a model reference", "page", FILES, "11\\.", [
    "lib/setup/model-ref.ts",
    "/^(?<provider>[A-Za-z0-9][\\w.-]*)\\/(?<model>\\w[\\w.:@+-]*(?:\\/[\\w.:@+-]+)*)$/u",
    "/^(?<provider>[^/]+)\\/(?<model>.+)$/su",
  ]),
  defence("11", "the list of variables", "page", FILES, "11\\.", [
    "lib/openclaw/program/environment.ts",
    "PASSED.test(name) ||",
    "true ||",
  ]),
  defence("12", "the instance in the cookie's name", "page", NETWORK, "12\\.", [
    "lib/door/instance.ts",
    "{instance.id}",
    "{'x'}",
  ]),
  defence("13", "the largest body", "server", NETWORK, "13\\.", [
    DOOR,
    "LARGEST_BODY = 256 * 1024",
    "LARGEST_BODY = 1024 * 1024 * 1024",
  ]),
  defence("13", "the time for a request", "server", NETWORK, "13b\\.", [
    SERVER,
    "  headersTimeout: 10_000,\n  requestTimeout: 15_000,\n",
    "  headersTimeout: 0,\n  requestTimeout: 0,\n",
  ]),
  defence("13", "the limit on changes", "server", NETWORK, "13b\\.", [
    ADMIT,
    "visitor.session?.changes.take() ?? 0",
    "0",
  ]),
  defence("13", "the limit on wrong links", "server", NETWORK, "13b\\.", [
    ADMIT,
    "const wait = entrance.strangers.take();",
    "const wait = 0;",
  ]),
  // What is merely found: the second table of docs/security.md.
  defence("found 1", "the code in the name of a record", "none", HOSTILE, "is named and left", [
    SEAL,
    ".slice(0, 8) === code;",
    ".slice(0, 8) !== '';",
  ]),
  defence("found 1", "the code of a record", "none", HOSTILE, "in a folder of ours", [
    SEAL,
    "timingSafeEqual(said, right) ? record : undefined",
    "timingSafeEqual(said, right) ? record : record",
  ]),
  defence("found 1", "the code of a noted process", "none", HOSTILE, "a process ended", [
    SEAL,
    "said.length === right.length && timingSafeEqual(said, right) ? record : undefined",
    "JSON.parse(text).record ?? JSON.parse(text)",
  ]),
  defence("found 1", "another machine is never gone", "none", LOCK_TEST, "never takes another", [
    "lib/system/process-identity.ts",
    "if (holder.host !== self.host) return false;",
    "if (holder.host !== self.host) return old;",
  ]),
  defence("found 1", "no record of a time to come", "none", STEP_TEST, "is left where", [
    STEP_FILES,
    "step.since > Date.now() + LEEWAY_MS",
    "step.since < 0",
  ]),
  defence("found 1", "no record without an older file", "none", STEP_TEST, "does not name", [
    STEP_FILES,
    "lstatSync(target).ctimeMs < step.since",
    "lstatSync(target).ctimeMs < 0",
  ]),
  defence("found 1", "the folder that a step began in", "none", STEP_TEST, "in a copy", [
    "lib/files/transaction/journal.ts",
    'phase === "open" && journal.step?.inode !== stat.ino',
    'phase === "open" && journal.step === null',
  ]),
  defence("found 2", "the look at each folder of ours", "none", HOSTILE, "a link in its place", [
    "lib/files/place.ts",
    "    if (stat !== null) demandPrivate(stat, path);\n    else if",
    "    if (stat === null) if",
  ]),
  defence("found 2", "no transaction behind a link", "none", HOSTILE, "a link among", [
    "lib/files/transaction/journal.ts",
    "stat === null || !stat.isDirectory() ||",
    "stat === null ||",
  ]),
  defence("found 2", "no copy behind a link", "none", HOSTILE, "a copy of ours behind", [
    "lib/files/disk.ts",
    'links: "refuse" }',
    'links: "follow" }',
  ]),
  defence(
    "found 3",
    "only regular files are read",
    "none",
    "lib/system/read.test.ts",
    "is not waited for",
    [READ, '    if (!found.isFile()) return { kind: "other" };\n', ""],
    [READ, 'stat.isFile() ? use(fd, stat) : { kind: "other" }', "use(fd, stat)"],
  ),
  defence("found 7", "the count of models", "none", BOUNDS, "a hundred thousand", [
    "lib/openai/models.ts",
    "entries.slice(0, MOST_LISTED)",
    "entries",
  ]),
  defence("found 7", "the form of an account id", "none", BOUNDS, "no account id", [
    "lib/openai/chatgpt/claims.ts",
    "z.string().regex(/^[\\w.:@-]{1,256}$/u)",
    "z.string()",
  ]),
  defence("found 7", "times that somebody can mean", "none", BOUNDS, "no time", [
    "lib/openai/chatgpt/claims.ts",
    ".min(0).max(LAST_SECOND)",
    "",
  ]),
  defence("found 7", "one Sec-Fetch-Site", "none", "lib/door/door.test.ts", "said twice", [
    DOOR,
    "others.length === 0 &&",
    "true &&",
  ]),
  defence("found 7", "the count of fields", "none", "lib/visit/form-fields.test.ts", "refuses", [
    "lib/visit/form-fields.ts",
    "    if (count > MOST_FIELDS) return null;\n",
    "",
  ]),
  defence("found 7", "a line for what no page sends", "server", NETWORK, "13d\\.", [
    "server/pages.ts",
    "  if (!dev) printOneLine();\n",
    "",
  ]),
  defence("found 8", "no credential after an undo", "none", UNDO, "the new key nowhere", [
    "lib/setup/write/write.ts",
    "await forgetTransactions(root, { since: first, holds })",
    "await forgetTransactions(root, { since: '~', holds })",
  ]),
  defence(
    "found 8",
    "no login after a recovery",
    "none",
    "lib/setup/write/write.test.ts",
    "as soon as",
    ["lib/setup/write/write.ts", "holds: holdsCredential([]),", "holds: () => false,"],
  ),
  defence(
    "found 8",
    "a credential known by its place",
    "none",
    "lib/setup/write/write.test.ts",
    "known by its place",
    [
      "lib/setup/write/state-backup.ts",
      "maskFile(text, language, secrets).some(({ hidden }) => hidden !== null)",
      "secrets.some((secret) => text.includes(secret))",
    ],
  ),
  defence("found 8", "copies stay out of repositories", "none", HOSTILE, "out of a repository", [
    "lib/files/place.ts",
    "  keepOutOfRepositories(place);\n",
    "",
  ]),
  defence("found 4", "every change of a long line", "none", LONG_LINE, "at its very end", [
    "lib/setup/review/long-line.ts",
    "  const ranges = isMarked ? rangesAround(parts) : [{ start: 0, end: LONGEST_LINE - AROUND }];\n",
    "  const ranges = [{ start: 0, end: LONGEST_LINE }];\n",
  ]),
  defence("found 4", "a change behind a mask", "none", LONG_LINE, "looks the same before", [
    "lib/setup/review/preview.ts",
    "[token.text, ...behind]",
    "[token.text]",
  ]),
  defence(
    "found 5",
    "characters by their number",
    "none",
    "lib/text/visible.test.ts",
    "a name in a sentence",
    ["lib/text/visible.ts", '[...found].map(byNumber).join("")', "found"],
  ),
  defence("found 5", "the form of a version", "none", DETECT, "is no release", [
    "lib/openclaw/program/detect.ts",
    "z.string().regex(/^\\d{1,6}(?:\\.\\d{1,6}){0,3}(?:[-+][\\w.+-]{1,64})?$/u)",
    "z.string().min(1)",
  ]),
  defence(
    "found 5",
    "the script of a package inside it",
    "none",
    DETECT,
    "runs no script outside",
    ["lib/openclaw/program/detect.ts", "fileInside(dir, named)", "path.join(dir, named)"],
  ),
  defence(
    "found 5",
    "the form of a model's id",
    "none",
    "lib/openai/models.test.ts",
    "a listed id",
    ["lib/openai/models.ts", "z.string().regex(/^[A-Za-z0-9][\\w.:@+/-]{0,255}$/u)", "z.string()"],
  ),
  defence("found 6", "terminal codes first", "none", REDACT, "a colour for every few letters", [
    "lib/secrets/redact.ts",
    "stripVTControlCharacters(text)",
    "text",
  ]),
  defence(
    "found 6",
    "what was told, in whatever form",
    "none",
    REDACT,
    "does not get through in base64",
    ["lib/secrets/redact.ts", "stretchesIn(shown, reading, pieces)", "[]"],
  ),
  defence("found 6", "tokens of a known shape", "none", REDACT, "it was not told of", [
    "lib/secrets/redact.ts",
    "    ...spansIn(shown),\n",
    "",
  ]),
  defence(
    "found 6",
    "values at a secret place",
    "none",
    PLACES,
    "leaves no value of a secret place",
    ["lib/secrets/mask.ts", "[...places, ", "["],
  ),
  defence("found 6", "plain words stay", "none", PLACES, "is read as it is", [
    "lib/secrets/reach.ts",
    "  if (value.trim().length < SHORTEST || isPlainWords(value) || DUMMY.test(value)) return false;\n  return value.length >= LONG || !ordinary.has(value);\n",
    "  return value.length >= 6;\n",
  ]),
  defence("found 6", "values at a secret place, in the preview", "none", OUTPUTS, "in any output", [
    "lib/secrets/mask.ts",
    "[...places, ",
    "[",
  ]),
  defence("found 6", "values at a secret place, in commands", "none", OUTPUTS, "in any output", [
    "lib/setup/plan/printed-commands.ts",
    'if (isSecret || edit.path[0] === "env") {',
    "if (isSecret && edit.path[0] === 0) {",
  ]),
  defence("found 5", "one encoding, on every page", "page", NAMES, "5\\. Names", [
    "lib/text/visible.ts",
    '[...found].map(byNumber).join("")',
    "found",
  ]),
  defence(
    "found 7",
    "answers are read on",
    "none",
    "lib/openai/broken-answer.test.ts",
    "where the body",
    [
      "lib/openai/http.ts",
      "      super.onData(chunk);\n      return true;",
      "      return super.onData(chunk);",
    ],
  ),
  // The reading of 2026-11-30: the same kinds in newer places.
  defence(
    "found 2",
    "no file behind a link, for a gateway",
    "none",
    SESSION_TEST,
    "writes over no",
    [
      SESSION,
      "  for (const file of [log, note]) removeIfPresent(file);\n",
      "  removeIfPresent(log);\n",
    ],
    [SESSION, '{ flag: "wx", mode: 0o600 }', "{ mode: 0o600 }"],
  ),
  defence(
    "found 2",
    "the gateway's folder is no link",
    "none",
    SESSION_TEST,
    "a folder that is a link",
    [
      "lib/files/place.ts",
      "    demandPrivate(lstatSync(path), path);\n  }\n  keepOutOfRepositories(place);\n  return place.gateway;",
      "  }\n  return place.gateway;",
    ],
  ),
  defence("found 1", "the code of a gateway's note", "none", SESSION_TEST, "believes no note", [
    SESSION,
    'Note.safeParse(openSeal(readText(note, { links: "refuse" }) ?? ""))',
    'Note.safeParse({ root: place.root, ...JSON.parse(readText(note) ?? "{}") })',
  ]),
  defence(
    "11",
    "the form of a variable's name",
    "none",
    "lib/setup/export/export-setup.test.ts",
    "puts no word",
    ["lib/openclaw/program/environment.ts", " && NAME.test(id)) names", ") names"],
  ),
  defence("found 7", "the count of wildcards", "none", LONG_TEXTS, "stars and folders", [
    "lib/openclaw/places/git-work-tree.ts",
    "count > MOST_WILDCARDS ||",
    "",
  ]),
  defence("found 7", "the count of a service's files", "none", LONG_TEXTS, "any number", [
    "lib/openclaw/service/definitions.ts",
    "      .slice(0, MOST_FILES)\n",
    "",
  ]),
  defence(
    "found 7",
    "the length of a line OpenClaw prints",
    "none",
    LONG_TEXTS,
    "again and again",
    ["lib/openclaw/command/refusal.ts", "whole.slice(0, LONGEST_LINE)", "whole"],
  ),
  defence(
    "found 7",
    "what a rehearsed request may unpack to",
    "none",
    RELAY_TEST,
    "does not unpack",
    [REHEARSAL_RELAY, "{ maxOutputLength: MOST_UNPACKED_BYTES }", "{}"],
  ),
  defence(
    "4",
    "the rehearsal's relay knows OpenClaw",
    "none",
    RELAY_TEST,
    "merely found the port",
    [REHEARSAL_RELAY, "if (isOurs) notes.refuse", "notes.refuse"],
  ),
  defence("found 7", "a request that is cut off", "none", RELAY_TEST, "in the middle", [
    REHEARSAL_RELAY,
    ".catch(() =>\n      response.destroy(),\n    );",
    ";",
  ]),
  defence(
    "found 6",
    "what OpenClaw's files hold, in what it prints",
    "none",
    "lib/visit/later/shown-secrets.test.ts",
    "only what is no secret",
    ["lib/visit/machine.ts", "    given.push(...secretsOf(snapshot));\n", ""],
  ),
  defence(
    "found 6",
    "what its service holds, in what it prints",
    "none",
    "lib/visit/later/shown-secrets.test.ts",
    "only what is no secret",
    ["lib/visit/machine.ts", "    variables.push(...snapshot.serviceVariables);\n", ""],
  ),
  defence("found 7", "secrets are made ready once", "none", REDACT, "searches many texts", [
    "lib/secrets/redact.ts",
    "  prepared.set(secrets, made);\n",
    "",
  ]),
  defence("found 6", "half of a character", "none", REDACT, "is half of a character", [
    "lib/secrets/written-forms.ts",
    'secret.replace(/\\p{Cs}/gu, "\\uFFFD")',
    "secret",
  ]),
  defence("found 6", "half of a token of npm's", "none", INSTALL_TEST, "no half of a token", [
    "lib/openclaw/install/install.ts",
    "redactEnd(said.trim(), [], 2_000)",
    "redactEnd(said.slice(-2_000), [], 2_000)",
  ]),
  defence(
    "9",
    "the folder of an installation is its own",
    "none",
    INSTALL_TEST,
    "another program made",
    ["lib/openclaw/install/install.ts", "made.has(plan)", "plan.isNew"],
  ),
  defence(
    "8",
    "the stand-ins of Codex's login",
    "none",
    "lib/setup/verify/rehearsal/private-home.test.ts",
    "nothing of Codex",
    [
      "lib/setup/verify/rehearsal/secrets-of-plan.ts",
      "    if (basename(file) === CODEX_LOGIN) registerCodex(standIns, file, text);\n",
      "",
    ],
  ),
  defence("4", "a temporary folder is swept by its owner", "none", SWEEP_TEST, "of another user", [
    "lib/system/private-folder.ts",
    "    if (!(await isOwn(folder))) continue;\n",
    "",
  ]),
  defence("found 1", "a process of another container", "none", SWEEP_TEST, "another container", [
    "lib/system/private-folder.ts",
    "of !== space() ||",
    "",
  ]),
  defence(
    "4",
    "no setting of others above a program",
    "none",
    SWEEP_TEST,
    "write a setting above",
    [
      "lib/system/private-folder.ts",
      "const runtime = await runtimeFolder();\n  // It",
      "const runtime = null as string | null;\n  // It",
    ],
  ),
  defence(
    "found 5",
    "a report in a terminal",
    "none",
    "cli/main.test.ts",
    "that a terminal acts on",
    [
      "cli/main.ts",
      ".replace(/[\\u007f-\\u009f\\p{Cf}\\u2028\\u2029]/gu,",
      ".replace(/\\u0000/gu,",
    ],
  ),
  defence(
    "found 5",
    "a line that overwrites itself",
    "none",
    "lib/text/visible.test.ts",
    "overwrite its line",
    ["lib/text/visible.ts", 'next === "\\n"', "true"],
  ),
  defence(
    "found 7",
    "aliases of a deployment",
    "none",
    "lib/setup/export/existing/update.test.ts",
    "whose aliases",
    [
      "lib/setup/export/existing/recognise.ts",
      "    return [JSON.parse(JSON.stringify(document.toJS() ?? null)) as Json];\n  } catch {\n",
      "    return [document.toJS() as Json];\n  } catch (error) {\n    throw error;\n",
    ],
  ),
  defence(
    "found 7",
    "times of a plan's limits",
    "none",
    "lib/openclaw/command/plan-limits.test.ts",
    "no date",
    ["lib/openclaw/command/plan-limits.ts", ".positive().max(LAST_MOMENT)", ".positive()"],
  ),
];

// `npm run package`: the package that people get with `npx`, as a folder and as a tarball in dist/. What is tested is
// what is published: `npm publish` takes the tarball.
//   npm run package             builds what is not built, and packs it
//   GITHUB_REPOSITORY=a/b …     names the repository, which a provenance is checked against

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { ensureBuilt } from "../bin/prepare/build.mjs";
import { bundle, bundlePrograms } from "../bin/prepare/bundle.mjs";
import { ensureDependencies } from "../bin/prepare/install.mjs";
import { readNeeded } from "../lib/system/read.mjs";
import { licencesOf } from "./licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** @type {Record<string, any>} */
const manifest = JSON.parse(readNeeded(join(root, "package.json")).toString("utf8"));
const folder = join(root, "dist", "package");
const page = join(folder, "page");

/** What the launcher is, relative to the root; `bin/prepare` makes a clone a clone. */
const LAUNCHER = [
  ...readdirSync(join(root, "bin"))
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => `bin/${name}`),
  "lib/i18n/locale-list.mjs",
  "lib/system/read.mjs",
  "lib/system/surroundings.mjs",
  ...readdirSync(join(root, "messages"))
    .filter((name) => name.endsWith(".json"))
    .map((name) => `messages/${name}`),
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
];

/** Traced by Next.js and used by nobody: nothing here makes pictures smaller or measures fonts. */
const NEVER_USED = [
  /^node_modules\/(?:sharp|@img|detect-libc|semver)(?:\/|$)/u,
  /^node_modules\/next\/dist\/server\/capsize-font-metrics\.json$/u,
  // For settings that need React's experimental build, of which next.config.mjs has none.
  /^node_modules\/next\/dist\/compiled\/next-server\/.*-experimental\.runtime\.prod\.js$/u,
  // Read where NODE_ENV is something else, which it never is in a package.
  /\.development\.js$/u,
  /\.map$/u,
  /\.nft\.json$/u,
];

process.exitCode = (await make()) ? 0 : 1;

async function make() {
  /** @type {(key: string) => void} */
  const say = (key) => void process.stderr.write(`${key}…\n`);
  if (!(await ensureDependencies({ root, withDev: false, say }))) return false;
  if (!(await ensureBuilt({ root, verbose: false, say }))) return false;
  rmSync(folder, { recursive: true, force: true });
  for (const name of LAUNCHER) copy(join(root, name), join(folder, name));
  copyPage();
  await shorten(join(page, "node_modules", "next"));
  await bundlePrograms(root, { folder: join(page, "dist"), isSmall: true });
  await writeSchemas();
  writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), licencesOf(root, page));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(published(), null, 2)}\n`);
  return pack();
}

/** Next.js' own standalone folder: what a server of the built pages reads, and no source. */
function copyPage() {
  const traced = join(root, ".next", "standalone");
  for (const part of [".next", "node_modules"]) {
    cpSync(join(traced, part), join(page, part), {
      recursive: true,
      // A tarball of npm drops symbolic links, and these lead to what is traced beside them.
      dereference: true,
      filter: (source) => !isNeverUsed(relative(traced, source)),
    });
  }
  // The pages know it under a name of their own; one copy is enough.
  const own = join(page, ".next", "node_modules");
  for (const name of readdirSync(own).filter((one) => one.startsWith("undici-"))) {
    rmSync(join(own, name), { recursive: true });
    mkdirSync(join(own, name));
    writeFileSync(
      join(own, name, "index.js"),
      'module.exports = require("../../../node_modules/undici");\n',
    );
  }
  cpSync(join(root, ".next", "static"), join(page, ".next", "static"), { recursive: true });
  if (existsSync(join(root, "public"))) {
    cpSync(join(root, "public"), join(page, "public"), { recursive: true });
  }
}

/**
 * Spaces and comments go, names and everything else stay; terms of use stay too.
 * @param {string} below
 */
async function shorten(below) {
  const names = readdirSync(below, { recursive: true, encoding: "utf8" });
  for (const file of names.map((name) => join(below, name))) {
    if (!file.endsWith(".js") || !statSync(file).isFile()) continue;
    const { code } = await transform(readNeeded(file).toString("utf8"), {
      minifyWhitespace: true,
      legalComments: "inline",
      target: "node20",
    });
    writeFileSync(file, code);
  }
}

/** @param {string} path */
function isNeverUsed(path) {
  const name = path.split(sep).join("/");
  return NEVER_USED.some((pattern) => pattern.test(name));
}

/** For programs that read the reports, and write the answers. */
async function writeSchemas() {
  const program = join(root, "dist", "schemas", "schemas.mjs");
  await bundle(root, "cli/report/schemas.ts", program);
  const { schemas } = await import(pathToFileURL(program).href);
  for (const [name, schema] of Object.entries(schemas())) {
    const file = join(folder, "schemas", `${name}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  }
}

/** No dependencies and no scripts: everything is in it. */
function published() {
  const { name, version, description, license, type, engines, bin, keywords } = manifest;
  const repository = process.env["GITHUB_REPOSITORY"];
  return {
    name,
    version,
    description,
    keywords,
    license,
    type,
    engines,
    bin,
    ...(repository
      ? { repository: { type: "git", url: `git+https://github.com/${repository}.git` } }
      : {}),
  };
}

function pack() {
  const npm = process.env["npm_execpath"];
  const args = [
    "pack",
    "--json",
    "--ignore-scripts",
    "--pack-destination",
    join(root, "dist"),
    folder,
  ];
  const run = npm ? spawnSync(process.execPath, [npm, ...args]) : spawnSync("npm", args);
  if (run.status !== 0) {
    process.stderr.write(run.stderr);
    return false;
  }
  const [packed] = JSON.parse(run.stdout.toString("utf8"));
  const mb = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  process.stdout.write(
    `${join("dist", packed.filename)}: ${mb(packed.size)} packed, ${mb(packed.unpackedSize)} in ${packed.entryCount} files\n`,
  );
  return true;
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

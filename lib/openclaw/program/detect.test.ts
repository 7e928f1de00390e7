import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PlaceOptions } from "@/lib/openclaw/program/command-directories";
import { detectOpenClaw } from "@/lib/openclaw/program/detect";
import { parseShim } from "@/lib/openclaw/program/shim";
import { askVersion } from "@/lib/openclaw/program/version";

let root: string;
let home: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "installed-")));
  home = path.join(root, "home/alex");
  mkdirSync(home, { recursive: true });
});
afterEach(() => {
  // Whatever way it is installed: its program is read about, and not run.
  const wasRun = existsSync(at("was run"));
  rmSync(root, { recursive: true, force: true });
  expect(wasRun).toBe(false);
});

const at = (relative: string) => path.join(root, relative);

function put(relative: string, text: string, mode = 0o644): string {
  const file = at(relative);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
  chmodSync(file, mode);
  return file;
}

const script = (relative: string, text: string) => put(relative, text, 0o755);

function link(relative: string, target: string): void {
  mkdirSync(path.dirname(at(relative)), { recursive: true });
  symlinkSync(target, at(relative));
}

/** A package like OpenClaw's at a directory below the root. */
function openclawPackage(relative: string, version = "2026.9.6", more: object = {}): void {
  const about = {
    name: "openclaw",
    version,
    bin: { openclaw: "openclaw.mjs" },
    engines: { node: ">=24.16.0 <25 || >=26.1.0" },
    ...more,
  };
  put(`${relative}/package.json`, JSON.stringify(about));
  const mark = JSON.stringify(at("was run"));
  script(
    `${relative}/openclaw.mjs`,
    `#!/usr/bin/env node\nimport { writeFileSync } from "node:fs";\nwriteFileSync(${mark}, "");\n`,
  );
  put(`${relative}/dist/entry.js`, "");
}

function options(more: Partial<PlaceOptions> = {}): PlaceOptions {
  return { platform: "linux", homedir: home, root, ...more };
}

const detect = (env: Record<string, string> = {}, more: Partial<PlaceOptions> = {}) =>
  detectOpenClaw(env, options(more));

async function found(env: Record<string, string> = {}, more: Partial<PlaceOptions> = {}) {
  const detection = await detect(env, more);
  if (detection.state !== "found") throw new Error(JSON.stringify(detection));
  return detection.installed;
}

/** pnpm 9 and 10, as `pnpm add -g` wrote it. */
const PNPM_10 = `#!/bin/sh
basedir=$(dirname "$(echo "$0" | sed -e 's,\\\\,/,g')")

case \`uname\` in
    *CYGWIN*|*MINGW*|*MSYS*)
        if command -v cygpath > /dev/null 2>&1; then
            basedir=\`cygpath -w "$basedir"\`
        fi
    ;;
esac

if [ -z "$NODE_PATH" ]; then
  export NODE_PATH="/pnpm/global/5/.pnpm/openclaw@2026.9.6/node_modules/openclaw/node_modules"
else
  export NODE_PATH="/pnpm/global/5/.pnpm/openclaw@2026.9.6/node_modules/openclaw/node_modules:$NODE_PATH"
fi
if [ -x "$basedir/node" ]; then
  exec "$basedir/node"  "$basedir/global/5/node_modules/openclaw/openclaw.mjs" "$@"
else
  exec node  "$basedir/global/5/node_modules/openclaw/openclaw.mjs" "$@"
fi
`;

/** pnpm 12, shortened to the lines that start something. */
const PNPM_12 = `#!/bin/sh
basedir=$(dirname "$(echo "$0" | sed -e 's,\\\\,/,g')")
if [ -n "$exe" ] && [ -x "$basedir/node.exe" ]; then
  exec "$basedir/node.exe"  "$basedir_win"/'../global/v11/e331/node_modules/openclaw/openclaw.mjs' "$@"
elif [ -x "$basedir/node" ]; then
  exec "$basedir/node"  "$basedir_abs"/'../global/v11/e331/node_modules/openclaw/openclaw.mjs' "$@"
else
  exec node  "$basedir_abs"/'../global/v11/e331/node_modules/openclaw/openclaw.mjs' "$@"
fi
# cmd-shim-target=/pnpm/global/v11/e331/node_modules/openclaw/openclaw.mjs
`;

/** npm on Windows. */
const NPM_CMD = `@ECHO off\r
GOTO start\r
:find_dp0\r
SET dp0=%~dp0\r
EXIT /b\r
:start\r
SETLOCAL\r
CALL :find_dp0\r
\r
IF EXIST "%dp0%\\node.exe" (\r
  SET "_prog=%dp0%\\node.exe"\r
) ELSE (\r
  SET "_prog=node"\r
  SET PATHEXT=%PATHEXT:;.JS;=;%\r
)\r
\r
endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\\node_modules\\openclaw\\openclaw.mjs" %*\r
`;

describe("an OpenClaw on the PATH", () => {
  it("installed by npm: a link into the package", async () => {
    openclawPackage("usr/lib/node_modules/openclaw");
    link("usr/bin/openclaw", "../lib/node_modules/openclaw/openclaw.mjs");
    expect(await found({ PATH: at("usr/bin") })).toEqual({
      version: "2026.9.6",
      command: { path: at("usr/bin/openclaw"), place: "path" },
      entry: { kind: "script", path: at("usr/lib/node_modules/openclaw/openclaw.mjs") },
      packageDir: at("usr/lib/node_modules/openclaw"),
      needsNode: ">=24.16.0 <25 || >=26.1.0",
      ownNode: null,
    });
  });

  it("installed by pnpm 9 or 10", async () => {
    openclawPackage("pnpm/global/5/node_modules/openclaw", "2026.7.1");
    script("pnpm/openclaw", PNPM_10);
    expect(await found({ PATH: at("pnpm") })).toMatchObject({
      version: "2026.7.1",
      entry: { kind: "script" },
      ownNode: null,
    });
  });

  it("installed by pnpm 12", async () => {
    openclawPackage("pnpm/global/v11/e331/node_modules/openclaw");
    script("pnpm/bin/openclaw", PNPM_12);
    expect(await found({ PATH: at("pnpm/bin") })).toMatchObject({ version: "2026.9.6" });
    // A Node that pnpm put beside its commands is the one it starts.
    const node = script("pnpm/bin/node", "#!/bin/sh\n");
    expect((await found({ PATH: at("pnpm/bin") })).ownNode).toBe(node);
  });

  it("installed by Homebrew: a wrapper that names its Node", async () => {
    const cellar = "opt/homebrew/Cellar/openclaw/2026.9.6/libexec/lib/node_modules/openclaw";
    openclawPackage(cellar);
    const node = script("opt/homebrew/opt/node/bin/node", "#!/bin/sh\n");
    script(
      "opt/homebrew/Cellar/openclaw/2026.9.6/bin/openclaw",
      `#!/bin/bash\nexec "${node}" "${at(cellar)}/openclaw.mjs" "$@"\n`,
    );
    link("opt/homebrew/bin/openclaw", "../Cellar/openclaw/2026.9.6/bin/openclaw");
    expect(await found({ PATH: at("opt/homebrew/bin") })).toMatchObject({
      version: "2026.9.6",
      entry: { kind: "script" },
      ownNode: node,
    });
  });

  it("installed by OpenClaw's own installer below ~/.openclaw", async () => {
    const dir = "home/alex/.openclaw/tools/node-v24.19.0/lib/node_modules/openclaw";
    openclawPackage(dir, "2026.9.5");
    const node = script("home/alex/.openclaw/tools/node/bin/node", "#!/bin/sh\n");
    script(
      "home/alex/.openclaw/bin/openclaw",
      `#!/usr/bin/env bash\nset -euo pipefail\nexec "${node}" "${at(dir)}/dist/entry.js" "$@"\n`,
    );
    const installed = await found({ PATH: at("home/alex/.openclaw/bin") });
    expect(installed).toMatchObject({ version: "2026.9.5", ownNode: node });
    // Not on the PATH it is found as well, and that is said.
    expect((await found({ PATH: "/nowhere" })).command.place).toBe("usual-place");
  });

  it("installed by bun or yarn: links over links", async () => {
    openclawPackage("home/alex/.bun/install/global/node_modules/openclaw");
    link("home/alex/.bun/bin/openclaw", "../install/global/node_modules/openclaw/openclaw.mjs");
    link("links/openclaw", at("home/alex/.bun/bin/openclaw"));
    expect(await found({ PATH: at("links") })).toMatchObject({ version: "2026.9.6" });
  });

  it("installed by npm on Windows", async () => {
    openclawPackage("npm/node_modules/openclaw");
    put("npm/openclaw.cmd", NPM_CMD);
    // Drive letters do not exist here, so the way from PATH to the script is tried in two parts.
    const shim = parseShim(NPM_CMD, at("npm"), true);
    expect(shim).toMatchObject({
      targets: [at("npm/node_modules/openclaw/openclaw.mjs")],
      nodes: [],
      hasOwnWays: false,
    });
    const installed = await found({ Path: at("npm") }, { platform: "win32" });
    expect(installed).toMatchObject({
      version: "2026.9.6",
      command: { path: at("npm/openclaw.cmd") },
      entry: { kind: "script", path: at("npm/node_modules/openclaw/openclaw.mjs") },
    });
  });

  it("started by Volta", async () => {
    script("home/alex/.volta/bin/volta-shim", "\u007fELF\0");
    link("home/alex/.volta/bin/openclaw", "volta-shim");
    openclawPackage(
      "home/alex/.volta/tools/image/packages/openclaw/lib/node_modules/openclaw",
      "2026.8.2",
    );
    const command = at("home/alex/.volta/bin/openclaw");
    expect(await found({ PATH: path.dirname(command) })).toMatchObject({
      version: "2026.8.2",
      entry: { kind: "program", path: command },
    });
  });

  it("started by asdf: known where one of its Nodes has it, else to be asked", async () => {
    script(
      "home/alex/.asdf/shims/openclaw",
      '#!/usr/bin/env bash\nexec asdf exec "openclaw" "$@"\n',
    );
    const library = (node: string) =>
      `home/alex/.asdf/installs/nodejs/${node}/lib/node_modules/openclaw`;
    openclawPackage(library("24.19.0"), "2026.9.5");
    const env = { PATH: at("home/alex/.asdf/shims") };
    expect(await found(env)).toMatchObject({ version: "2026.9.5", entry: { kind: "program" } });
    openclawPackage(library("22.19.0"), "2026.6.10");
    expect(await detect(env)).toEqual({
      state: "wrapper",
      command: { path: at("home/alex/.asdf/shims/openclaw"), place: "path" },
    });
  });

  it("started by a wrapper with settings of its own: the version is known, the wrapper is run", async () => {
    openclawPackage("lib/openclaw");
    for (const line of [
      `OPENCLAW_STATE_DIR=/srv/claw exec node "${at("lib/openclaw")}/openclaw.mjs" "$@"`,
      `exec node "${at("lib/openclaw")}/openclaw.mjs" --profile work "$@"`,
    ]) {
      const wrapper = script("bin/openclaw", `#!/bin/sh\n${line}\n`);
      expect(await found({ PATH: at("bin") }), line).toMatchObject({
        version: "2026.9.6",
        entry: { kind: "program", path: wrapper },
      });
    }
  });

  it("installed by Nix: behind a script or a program of its own, which is what is run", async () => {
    openclawPackage("store/abc-openclaw/lib/node_modules/openclaw", "2026.8.2");
    link("store/abc-openclaw/bin/.openclaw-wrapped", "../lib/node_modules/openclaw/openclaw.mjs");
    const wrapped = at("store/abc-openclaw/bin/.openclaw-wrapped");
    const command = at("store/abc-openclaw/bin/openclaw");
    for (const text of [
      `#! /store/bash/bin/bash -e\nPATH='/store/nodejs/bin'$PATH\nexport PATH\nexec -a "$0" "${wrapped}"  "$@"\n`,
      "\u007fELF\0",
    ]) {
      script("store/abc-openclaw/bin/openclaw", text);
      link("profile/bin/openclaw", command);
      expect(await found({ PATH: at("profile/bin") }), text).toMatchObject({
        version: "2026.8.2",
        entry: { kind: "program", path: at("profile/bin/openclaw") },
      });
      rmSync(at("profile"), { recursive: true });
    }
  });

  it("is the first one, as for a shell, past broken links and files that cannot be run", async () => {
    openclawPackage("a/openclaw-package", "2026.1.1");
    openclawPackage("b/openclaw-package", "2026.9.6");
    link("none/openclaw", at("gone"));
    put("text/openclaw", "not a program");
    mkdirSync(at("folder/openclaw"), { recursive: true });
    link("b/bin/openclaw", "../openclaw-package/openclaw.mjs");
    link("a/bin/openclaw", "../openclaw-package/openclaw.mjs");
    const PATH = ["none", "text", "folder", "b/bin", "a/bin"].map(at).join(":");
    expect(await found({ PATH })).toMatchObject({ version: "2026.9.6" });
  });

  it("is not taken from relative entries of the PATH", async () => {
    expect(await detect({ PATH: ".:bin::node_modules/.bin" })).toEqual({ state: "none" });
  });
});

it("takes no time worth a word", async () => {
  openclawPackage("pnpm/global/5/node_modules/openclaw");
  script("pnpm/openclaw", PNPM_10);
  const before = Array.from({ length: 20 }, (_, index) => at(`empty${index}`));
  const times: number[] = [];
  for (let round = 0; round < 21; round += 1) {
    const start = performance.now();
    await found({ PATH: [...before, at("pnpm")].join(":") });
    times.push(performance.now() - start);
  }
  const [median = 0] = times.sort((a, b) => a - b).slice(10);
  process.stdout.write(`detection: ${median.toFixed(1)} ms, at most ${times.at(-1)?.toFixed(1)}\n`);
});

describe("an OpenClaw off the PATH", () => {
  const places: ReadonlyArray<readonly [string, string, Record<string, string>?]> = [
    ["~/.npm-global", "home/alex/.npm-global"],
    ["Homebrew on Apple silicon", "opt/homebrew"],
    ["Homebrew on Linux", "home/linuxbrew/.linuxbrew"],
    ["/usr/local", "usr/local"],
    ["nvm", "home/alex/.nvm/versions/node/v24.19.0"],
    ["mise", "home/alex/.local/share/mise/installs/node/24.19.0"],
    ["fnm", "home/alex/.local/share/fnm/node-versions/v24.19.0/installation"],
  ];
  it.each(places)("below %s", async (_, prefix) => {
    openclawPackage(`${prefix}/lib/node_modules/openclaw`);
    link(`${prefix}/bin/openclaw`, "../lib/node_modules/openclaw/openclaw.mjs");
    expect(await found({ PATH: "/nowhere" })).toMatchObject({
      version: "2026.9.6",
      command: { path: at(`${prefix}/bin/openclaw`), place: "usual-place" },
    });
  });

  it("below npm's prefix, from .npmrc or the environment", async () => {
    openclawPackage("srv/npm/lib/node_modules/openclaw");
    link("srv/npm/bin/openclaw", "../lib/node_modules/openclaw/openclaw.mjs");
    expect(await detect()).toEqual({ state: "none" });
    expect(await found({ npm_config_prefix: at("srv/npm") })).toMatchObject({
      version: "2026.9.6",
    });
    put("home/alex/.npmrc", `registry=https://r.example/\nprefix = "${at("srv/npm")}"\n`);
    expect(await found()).toMatchObject({ version: "2026.9.6" });
    put("home/alex/.npmrc", "prefix=~/here\n");
    openclawPackage("home/alex/here/lib/node_modules/openclaw", "2026.9.5");
    link("home/alex/here/bin/openclaw", "../lib/node_modules/openclaw/openclaw.mjs");
    expect(await found()).toMatchObject({ version: "2026.9.5" });
  });

  it("beside the Node that runs this program", async () => {
    openclawPackage("n/lib/node_modules/openclaw");
    link("n/bin/openclaw", "../lib/node_modules/openclaw/openclaw.mjs");
    expect(await found({}, { execPath: at("n/bin/node") })).toMatchObject({ version: "2026.9.6" });
  });

  it("with the newest of several Nodes first", async () => {
    for (const node of ["v22.19.0", "v24.9.0", "v24.19.0"]) {
      const prefix = `home/alex/.nvm/versions/node/${node}`;
      openclawPackage(`${prefix}/lib/node_modules/openclaw`, `2026.1.${node.length + 10}`);
      link(`${prefix}/bin/openclaw`, "../lib/node_modules/openclaw/openclaw.mjs");
    }
    expect((await found()).command.path).toContain("/v24.19.0/");
  });
});

describe("OPENCLAW_BIN", () => {
  it("wins over the PATH, as a path, with a tilde, or as a name", async () => {
    openclawPackage("a/lib/openclaw", "2026.1.1");
    link("a/bin/openclaw", "../lib/openclaw/openclaw.mjs");
    openclawPackage("home/alex/claw", "2026.9.6");
    link("a/bin/myclaw", at("home/alex/claw/openclaw.mjs"));
    const PATH = at("a/bin");
    for (const bin of [at("home/alex/claw/openclaw.mjs"), "~/claw/openclaw.mjs", "myclaw"]) {
      expect(await found({ PATH, OPENCLAW_BIN: bin }), bin).toMatchObject({
        version: "2026.9.6",
        command: { place: "OPENCLAW_BIN" },
      });
    }
  });

  it("takes a script that is not marked as a program", async () => {
    openclawPackage("claw");
    chmodSync(at("claw/openclaw.mjs"), 0o644);
    expect(await found({ OPENCLAW_BIN: at("claw/openclaw.mjs") })).toMatchObject({
      entry: { kind: "script" },
    });
  });

  it("is reported when it names nothing, and nothing else is taken", async () => {
    openclawPackage("a/lib/openclaw");
    link("a/bin/openclaw", "../lib/openclaw/openclaw.mjs");
    const PATH = at("a/bin");
    for (const bin of [at("gone"), "gone", at("a")]) {
      expect(await detect({ PATH, OPENCLAW_BIN: bin })).toEqual({
        state: "missing-bin",
        path: bin,
      });
    }
  });
});

describe("what is no OpenClaw", () => {
  it("is nothing at all, as in a container", async () => {
    expect(await detect({ PATH: `${at("usr/bin")}:${at("bin")}` })).toEqual({ state: "none" });
  });

  it("is a program of the same name, a foreign package, a broken package.json", async () => {
    const command = { path: script("bin/openclaw", "#!/bin/sh\necho hi\n"), place: "path" };
    const wrapper = { state: "wrapper", command };
    expect(await detect({ PATH: at("bin") })).toEqual(wrapper);
    put("package.json", JSON.stringify({ name: "the-game", version: "1.0.0" }));
    expect(await detect({ PATH: at("bin") })).toEqual(wrapper);
    put("package.json", "{");
    expect(await detect({ PATH: at("bin") })).toEqual(wrapper);
  });

  it("is a wrapper that starts itself", async () => {
    const loop = at("bin/openclaw");
    script("bin/openclaw", `#!/bin/sh\nexec "${at("bin2/openclaw")}" "$@"\n`);
    script("bin2/openclaw", `#!/bin/sh\nexec "${loop}" "$@"\n`);
    expect(await detect({ PATH: at("bin") })).toMatchObject({ state: "wrapper" });
  });
});

describe("askVersion", () => {
  it("asks the wrapper, and only takes a release for an answer", async () => {
    const ask = (text: string) =>
      askVersion(
        { path: script("bin/openclaw", text), place: "path" },
        { PATH: "/usr/bin:/bin" },
        {
          cwd: root,
        },
      );
    expect(await ask('#!/bin/sh\necho "OpenClaw 2026.9.6 (abc)"\n')).toMatchObject({
      version: "2026.9.6",
      entry: { kind: "program", path: at("bin/openclaw") },
      packageDir: null,
    });
    expect(await ask("#!/bin/sh\necho 1.2.3\n")).toBeNull();
    expect(await ask("#!/bin/sh\necho 2026.9.6; exit 1\n")).toBeNull();
  });

  it("does not wait for ever", async () => {
    const path_ = script("bin/openclaw", "#!/bin/sh\nsleep 60\n");
    const command = { path: path_, place: "path" } as const;
    expect(
      await askVersion(command, { PATH: "/usr/bin:/bin" }, { cwd: root, timeoutMs: 100 }),
    ).toBeNull();
  });
});

describe("what a package says of itself", () => {
  it.each([
    "2026.9.6\u202e",
    "2026.9.6\u001b[2J",
    "2026.9.6\nOpenClaw Setup is ready: http://evil.test/",
    "<b>2026</b>",
    "2026.9.6 – update at evil.test",
    `2026.${"9".repeat(400)}`,
  ])("is no release where it is no version: %j", async (version) => {
    openclawPackage("global/openclaw", version);
    link("bin/openclaw", "../global/openclaw/openclaw.mjs");
    expect(await detect({ PATH: at("bin") })).toMatchObject({ state: "wrapper" });
  });

  it.each(["../elsewhere.js", "sub/../../elsewhere.js", "link.js", "/etc/hostname", "."])(
    "runs no script outside of it: %s",
    async (bin) => {
      put("global/elsewhere.js", "");
      openclawPackage("global/openclaw", "2026.9.6", { bin: { openclaw: bin } });
      link("global/openclaw/link.js", "../elsewhere.js");
      link("bin/openclaw", "../global/openclaw/openclaw.mjs");
      expect((await found({ PATH: at("bin") })).entry.path).toBe(
        at("global/openclaw/openclaw.mjs"),
      );
    },
  );

  it.each(["2026.9.6", "2026.8.1-beta.1", "2026.3.7-2", "0.0.0"])(
    "is a release: %s",
    async (version) => {
      openclawPackage("global/openclaw", version);
      link("bin/openclaw", "../global/openclaw/openclaw.mjs");
      expect(await found({ PATH: at("bin") })).toMatchObject({ version });
    },
  );
});

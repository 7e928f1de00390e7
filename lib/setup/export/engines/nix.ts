/** nix-openclaw modules for NixOS and Home Manager, with the config as a Nix value. */

import { configFile, envFile, plainFile, signInPart } from "@/lib/setup/export/engines/common";
import type { EngineFiles, ExportBase } from "@/lib/setup/export/types";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray } from "@/lib/text/json5/value";

/** The Nix store is world-readable, so secrets stay outside. */
const SECRETS = "/run/secrets/openclaw";

export function nixFiles(base: ExportBase): EngineFiles {
  const { config, variables } = base;
  const files = variables.map((name) => `      ${name} = ${nixString(`${SECRETS}/${name}`)};`);
  const home = [
    "{ ... }:",
    "{",
    "  programs.openclaw = {",
    "    enable = true;",
    "    config = import ./openclaw-config.nix;",
    "    environment = {",
    ...files,
    "    };",
    "  };",
    "}",
  ];
  const nixos = [
    "{ ... }:",
    "{",
    "  services.openclaw-gateway = {",
    "    enable = true;",
    "    config = import ./openclaw-config.nix;",
    `    environmentFiles = [ ${nixString(`${SECRETS}/openclaw.env`)} ];`,
    "  };",
    "}",
  ];
  return {
    files: [
      plainFile("openclaw-config.nix", `${nixValue(config, "")}\n`),
      plainFile("home-manager.nix", `${home.join("\n")}\n`),
      plainFile("nixos.nix", `${nixos.join("\n")}\n`),
      configFile(config),
      envFile(variables),
    ],
    readme: [
      { kind: "text", word: "place.nix" },
      { kind: "heading", word: "deploy" },
      { kind: "commands", lines: ["home-manager switch", "sudo nixos-rebuild switch"] },
      ...signInPart(base, "openclaw"),
    ],
  };
}

export function nixValue(value: Json, indent: string): string {
  if (typeof value === "string") return nixString(value);
  if (typeof value !== "object" || value === null) return String(value);
  const inner = `${indent}  `;
  const isList = isJsonArray(value);
  const parts = isList
    ? value.map((one) => `${inner}${inList(one, inner)}`)
    : Object.entries(value).map(
        ([name, one]) => `${inner}${nixName(name)} = ${nixValue(one, inner)};`,
      );
  const [open, close] = isList ? "[]" : "{}";
  return parts.length === 0
    ? `${open} ${close}`
    : `${open}\n${parts.join("\n")}\n${indent}${close}`;
}

/** In a Nix list, `-1` would be a function and its argument. */
function inList(value: Json, indent: string): string {
  const text = nixValue(value, indent);
  return typeof value === "number" && value < 0 ? `(${text})` : text;
}

const KEYWORD = /^(?:if|then|else|assert|with|let|in|rec|inherit|or)$/u;

function nixName(name: string): string {
  return /^[A-Za-z_][\w'-]*$/u.test(name) && !KEYWORD.test(name) ? name : nixString(name);
}

/** `${` must reach OpenClaw unexpanded. */
function nixString(text: string): string {
  const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const inner = text.replace(
    /[\\"]|\$(?=\{)|[\n\r\t]/gu,
    (found) => escapes[found] ?? `\\${found}`,
  );
  return `"${inner}"`;
}

/** What an export consists of, and what each engine's files are made from. */

import type { DeploymentFacts, Engine, Shape } from "@/lib/openclaw/deployments/shapes";
import type { LeftOut, PortableConfig } from "@/lib/setup/export/portable-config";
import type { PlanRefusal } from "@/lib/setup/types";
import type { Json } from "@/lib/text/json5/types";

/** A file of the folder; only one that a person fills in is theirs alone. */
export interface ExportFile {
  /** Below the folder, with "/". */
  readonly path: string;
  readonly text: string;
  readonly mode: 0o600 | 0o644 | 0o755;
}

/** What every engine's files are made from. */
export interface ExportBase {
  readonly release: string;
  /** What it is called where there are several: names of objects and folders. */
  readonly name: string;
  readonly shape: Shape;
  readonly facts: DeploymentFacts;
  readonly config: Json;
  /** The names that have to be set, the key first. */
  readonly variables: readonly string[];
  readonly model: string;
  /** How an instance signs in with ChatGPT: the arguments behind `openclaw`; null: by the key. */
  readonly signIn: readonly string[] | null;
  /** The equal commands after `openclaw onboard`. */
  readonly commands: readonly string[];
}

/** A part of the README; the words are the reader's language. */
export type ReadmePart =
  | { readonly kind: "heading" | "text"; readonly word: ReadmeWord }
  | { readonly kind: "commands"; readonly lines: readonly string[] };

/** Keys below `export.readme` of the messages. */
export type ReadmeWord =
  | "deploy"
  | "place.compose"
  | "place.kubernetes"
  | "place.operator"
  | "place.fly"
  | "place.render"
  | "place.nix"
  | "place.ansible"
  | "place.onboard"
  | "asked"
  | "askedKept"
  | "byPlatform"
  | "reseed"
  | "signIn"
  | "signInWhy";

/** One of a fleet, as its files are made from it. */
export interface FleetMember {
  readonly name: string;
  /** In the order of the answers file. */
  readonly index: number;
  readonly release: string;
  readonly config: Json;
  /** What is set in it, by the variable in which the engine has the value. */
  readonly variables: ReadonlyArray<{ readonly name: string; readonly from: string }>;
}

export interface EngineFiles {
  readonly files: readonly ExportFile[];
  readonly readme: readonly ReadmePart[];
}

export interface Export {
  readonly engine: Engine;
  readonly release: string;
  readonly model: string;
  /** The chosen model, where the release has no such one and another is in its place. */
  readonly insteadOf: string | null;
  readonly variables: PortableConfig["variables"];
  /** The config as it goes along. */
  readonly config: Json;
  readonly leftOut: readonly LeftOut[];
  readonly signIn: readonly string[] | null;
  readonly files: readonly ExportFile[];
  readonly readme: readonly ReadmePart[];
}

export type ExportRefusal =
  | { readonly code: "plan"; readonly refusal: PlanRefusal }
  /** A file would hold a secret or a path of this machine: nothing is handed out. */
  | { readonly code: "not-portable"; readonly path: string };

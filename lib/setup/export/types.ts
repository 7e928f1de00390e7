/** The types of an export and of what engines receive. */

import type { DeploymentFacts, Engine, Shape } from "@/lib/openclaw/deployments/shapes";
import type { LeftOut, PortableConfig } from "@/lib/setup/export/portable-config";
import type { PlanRefusal } from "@/lib/setup/types";
import type { Json } from "@/lib/text/json5/types";

/** A file that the user fills in is private. */
export interface ExportFile {
  /** Below the folder, with "/". */
  readonly path: string;
  readonly text: string;
  readonly mode: 0o600 | 0o644 | 0o755;
}

export interface ExportBase {
  readonly release: string;
  readonly name: string;
  readonly shape: Shape;
  readonly facts: DeploymentFacts;
  readonly config: Json;
  /** Required variables, the key first. */
  readonly variables: readonly string[];
  readonly model: string;
  /** The arguments of `openclaw` for signing in with ChatGPT; null with a key. */
  readonly signIn: readonly string[] | null;
  readonly commands: readonly string[];
}

export type ReadmePart =
  | { readonly kind: "heading" | "text"; readonly word: ReadmeWord }
  | { readonly kind: "commands"; readonly lines: readonly string[] };

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

export interface FleetMember {
  readonly name: string;
  readonly index: number;
  readonly release: string;
  readonly config: Json;
  /** The instance's variables, and the engine's variables with their values. */
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
  /** The chosen model, if the release lacks it and another replaces it. */
  readonly insteadOf: string | null;
  readonly variables: PortableConfig["variables"];
  readonly config: Json;
  readonly leftOut: readonly LeftOut[];
  readonly signIn: readonly string[] | null;
  readonly files: readonly ExportFile[];
  readonly readme: readonly ReadmePart[];
}

export type ExportRefusal =
  | { readonly code: "plan"; readonly refusal: PlanRefusal }
  /** A file would contain a secret or local path, so nothing is exported. */
  | { readonly code: "not-portable"; readonly path: string };

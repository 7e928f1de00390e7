/** What every group of rows is given. */

import type { InstalledRelease } from "@/e2e/releases/install";
import type { Row } from "./row";

export interface Context {
  readonly root: string;
  /** The program of Chromium. */
  readonly chromium: string;
  /** Repetitions, given a row's usual number. */
  readonly runs: (usual: number) => number;
  /** Folder of the bare page's server.js; built when first asked for. */
  readonly floor: () => Promise<string>;
  /** The release asked for, or another one by its version. */
  readonly release: (version?: string) => Promise<InstalledRelease>;
  readonly say: (line: string) => void;
}

export type Group = (context: Context) => Promise<Row[]>;

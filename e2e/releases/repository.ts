/** Where the repository is, for sources and for the bundle made of them alike. */
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The nearest folder above this file that holds the project's files. */
export function repositoryRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "e2e", "releases", "redirect.cjs"))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("the repository's root was not found");
    folder = parent;
  }
  return folder;
}

export function releasesFile(name: string): string {
  return path.join(repositoryRoot(), "e2e", "releases", name);
}

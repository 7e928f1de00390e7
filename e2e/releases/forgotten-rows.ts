/**
 * The rows without those from one release on, in place of all of them: `main.mjs` puts this file there, so that the
 * program itself has no way to forget.
 */

import semver from "semver";
import { ROWS as ALL } from "@/lib/openclaw/releases/rows";

export { OLDEST_FACTS } from "@/lib/openclaw/releases/rows";

/** The release, put in when the program is made. */
declare const FORGET: string;

export const ROWS = ALL.filter(({ since }) => semver.lt(since, FORGET));

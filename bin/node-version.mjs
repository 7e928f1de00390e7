// Checks that Node is recent enough, in syntax that old versions can parse.

export const NEEDED_NODE = "20.9.0";

/**
 * @param {string} found such as "20.20.0"
 * @param {string} [needed]
 */
export function isNewEnough(found, needed) {
  const want = (needed || NEEDED_NODE).split(".").map(Number);
  const have = found
    .replace(/^v/, "")
    .split(".")
    .map((part) => parseInt(part, 10) || 0);
  for (let i = 0; i < want.length; i++) {
    const difference = (have[i] || 0) - (want[i] || 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

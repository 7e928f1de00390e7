/** The SSH command that forwards ports from the browser's machine to here. */

import { userInfo } from "node:os";
import { CALLBACK_PORT } from "@/lib/openai/chatgpt/issuer";
import type { Environment } from "@/lib/openai/proxy";

/** SSH_CONNECTION is "client address, client port, server address, server port" (sshd(8)). */
export function tunnelCommand(
  env: Environment = process.env,
  ports: readonly number[] = [CALLBACK_PORT],
): string {
  const [, , address = "", port = ""] = (env["SSH_CONNECTION"] ?? "").split(" ");
  const known = /^[\da-f.:]+$/iu.test(address);
  const other = known && /^\d+$/u.test(port) && port !== "22" ? ` -p ${port}` : "";
  // A machine's own name may not resolve elsewhere.
  const host = known ? address : "HOST";
  const ways = ports.map((one) => `-L ${one}:localhost:${one}`).join(" ");
  return `ssh -N ${ways}${other} ${userInfo().username}@${host}`;
}

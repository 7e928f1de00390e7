/** The script that limits a rehearsed OpenClaw to the relay, since libraries may ignore proxy settings. */

/**
 * For `node --require`: only the port OPENCLAW_SETUP_RELAY is reachable; OPENCLAW_SETUP_NOTED lists
 * other targets. OPENCLAW_SETUP_PROGRAM is our process id, with which OpenClaw ends.
 */
export const GUARD = `"use strict";
const { appendFileSync } = require("node:fs");
const net = require("node:net");
const dgram = require("node:dgram");
const dns = require("node:dns");
const relay = Number(process.env.OPENCLAW_SETUP_RELAY);
const note = (what) => {
  try { appendFileSync(process.env.OPENCLAW_SETUP_NOTED, what + "\\n"); } catch {}
};
const refusal = (call, host, port) => {
  const error = new Error(call + " ECONNREFUSED " + host + ":" + port);
  return Object.assign(error, { code: "ECONNREFUSED", errno: -111, syscall: call, address: host, port });
};
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  const of = (name, at) => (options && typeof options === "object" ? options[name] : args[at]);
  if ((options && typeof options === "object" && options.path) || typeof options === "string") {
    return connect.apply(this, args);
  }
  const port = Number(of("port", 0));
  const host = String(of("host", 1) || "localhost");
  if (port === relay && host === "127.0.0.1") return connect.apply(this, args);
  note(host + ":" + port);
  this.connecting = true;
  process.nextTick(() => this.destroy(refusal("connect", host, port)));
  return this;
};
dgram.Socket.prototype.send = function (...args) {
  const done = args.findLast((one) => typeof one === "function");
  if (done) process.nextTick(() => done(refusal("send", "udp", 0)));
};
const isName = (host) => net.isIP(host) === 0 && host !== "localhost";
const unknown = (host) =>
  Object.assign(new Error("getaddrinfo ENOTFOUND " + host), { code: "ENOTFOUND", errno: -3008, syscall: "getaddrinfo", hostname: host });
const lookup = dns.lookup;
dns.lookup = function (host, ...rest) {
  const done = rest.findLast((one) => typeof one === "function");
  if (!done || typeof host !== "string" || !isName(host)) return lookup.call(dns, host, ...rest);
  process.nextTick(() => done(unknown(host)));
};
const lookupLater = dns.promises.lookup;
dns.promises.lookup = async function (host, ...rest) {
  if (typeof host === "string" && isName(host)) throw unknown(host);
  return lookupLater.call(dns.promises, host, ...rest);
};
require("node:module").syncBuiltinESMExports();
const program = Number(process.env.OPENCLAW_SETUP_PROGRAM);
setInterval(() => {
  try { process.kill(program, 0); } catch (error) {
    if (error.code === "ESRCH") process.kill(process.pid, "SIGKILL");
  }
}, 500).unref();
`;

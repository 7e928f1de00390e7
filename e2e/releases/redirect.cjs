/**
 * Loaded into the real OpenClaw by NODE_OPTIONS: sockets to OpenAI's hosts end at the loopback server
 * instead, so that a turn runs on exactly the files that were written, with no address changed in them.
 * OPENCLAW_TEST_HOSTS is JSON: {"api.openai.com": 40123, …}.
 */
"use strict";

const dns = require("node:dns");
const net = require("node:net");
const { syncBuiltinESMExports } = require("node:module");

const ports = JSON.parse(process.env.OPENCLAW_TEST_HOSTS ?? "{}");
// A public address, never contacted: OpenClaw refuses hosts that resolve to private ones.
const addresses = new Map(
  Object.keys(ports).map((host, index) => [host, `104.18.32.${index + 1}`]),
);
const hostOf = new Map([...addresses].map(([host, address]) => [address, host]));

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function redirected(...args) {
  // net.connect() hands over its arguments as one array, already normalized.
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (options && typeof options === "object" && Number(options.port) === 443) {
    const host = hostOf.get(options.host) ?? options.host;
    if (Object.hasOwn(ports, host)) {
      const target = { ...options, host: "127.0.0.1", port: ports[host], lookup: undefined };
      if (Array.isArray(args[0])) args[0][0] = target;
      else args[0] = target;
    }
  }
  return connect.apply(this, args);
};

const lookup = dns.lookup;
dns.lookup = function redirected(host, options, callback) {
  const address = addresses.get(host);
  const done = typeof options === "function" ? options : callback;
  if (!address || !done) return lookup.call(dns, host, options, callback);
  const all = typeof options === "object" && options?.all;
  process.nextTick(() => (all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)));
};

const lookupLater = dns.promises.lookup;
dns.promises.lookup = async function redirected(host, options) {
  const address = addresses.get(host);
  if (!address) return lookupLater.call(dns.promises, host, options);
  return options?.all ? [{ address, family: 4 }] : { address, family: 4 };
};

syncBuiltinESMExports();

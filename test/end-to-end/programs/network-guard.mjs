// Loaded before a program (node --import): writes down every attempt to leave this machine, and refuses it.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const record = process.env.HYENA_TEST_NETWORK ?? '';
const loopback = (host) => ['localhost', '127.0.0.1', '::1', '', undefined, null].includes(host);
const refuse = (what) => {
  appendFileSync(record, `${process.pid} ${what}\n`);
  throw new Error(`An attempt to leave this machine: ${what}`);
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...parameters) {
  const [options] = Array.isArray(parameters[0]) ? parameters[0] : parameters;
  const isPath = typeof options === 'string' || typeof options?.path === 'string';
  const host = typeof options === 'object' ? options.host : parameters[1];
  if (!isPath && typeof host !== 'function' && !loopback(host)) refuse(`connect ${host}`);
  return connect.apply(this, parameters);
};
const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...parameters) {
  const host = parameters.findLast((one) => typeof one === 'string');
  if (!loopback(host)) refuse(`send ${host}`);
  return send.apply(this, parameters);
};
for (const owner of [dns, dns.promises])
  for (const name of Object.keys(owner).filter((one) => /^(lookup|resolve)/.test(one))) {
    const original = owner[name];
    if (typeof original !== 'function') continue;
    owner[name] = function (host, ...parameters) {
      if (!loopback(host)) refuse(`${name} ${host}`);
      return original.call(this, host, ...parameters);
    };
  }
syncBuiltinESMExports();
appendFileSync(record, `${process.pid} guarded\n`);

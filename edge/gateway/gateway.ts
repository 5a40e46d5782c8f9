import { type Clock, type Log, systemClock } from '@keystead/kernel/base';
import { createCore } from './core.ts';
import type { GatewayCounters, GatewayGauges } from './counters.ts';
import { greeter } from './greeting.ts';
import { TokenBucket } from './guessing.ts';
import { HttpListener, type HttpOptions } from './http/listener.ts';
import { type GatewayLimits, gatewayLimits } from './limits.ts';
import { AedesListener, type MqttOptions } from './mqtt/aedes-listener.ts';
import type { MqttAddresses } from './mqtt/listener.ts';
import type { GatewayPorts } from './ports.ts';

export interface GatewayOptions {
  ports: GatewayPorts;
  log: Log;
  clock?: Clock;
  limits?: Partial<GatewayLimits>;
  mqtt?: MqttOptions;
  http?: HttpOptions;
}

export interface GatewayAddresses {
  mqtt: MqttAddresses;
  http: { plain?: number; tls?: number };
}

export interface Gateway {
  readonly addresses: GatewayAddresses;
  readonly counters: Readonly<GatewayCounters>;
  gauges(): GatewayGauges;
  /** Accepts nobody any more, commits what it has taken, ends every session. */
  close(): Promise<void>;
}

/** Opens the listeners and joins them to the ports. Resolves when every port listens. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { ports, log, clock = systemClock } = options;
  const limits = { ...gatewayLimits, ...options.limits };
  const core = createCore(ports, limits, clock, log);
  const bucket = new TokenBucket(limits.connectsPerSecond, clock.now());
  const mqtt = new AedesListener(options.mqtt ?? {}, {
    greet: greeter(core),
    gate: core.gate,
    limits,
    clock,
    log,
    admitConnection: () => bucket.take(clock.now()),
    onRefused: (connection, refusal) =>
      core.refusals.count({ thing: connection.session?.thing, peer: connection.peer }, refusal, 'mqtt'),
  });
  const http = new HttpListener(options.http ?? {}, core);
  const stops = [
    ports.admission.onRevoked((thing) => {
      http.forget(thing);
      if (core.sessions.revoke(thing)) core.counters.revocations++;
    }),
    ports.commands.onCommand({
      reaches: (thing) => (core.sessions.reach(thing)?.listens(thing) ?? false) || http.waits(thing),
      command: (command) => core.sessions.reach(command.thing)?.command(command) || http.command(command),
    }),
    ports.attributes.onShared((thing, values) => {
      core.sessions.reach(thing)?.sharedAttributes(thing, values);
      http.sharedAttributes(thing, values);
    }),
  ];
  const flush = () => {
    core.refusals.flush();
    core.contacts.flush();
  };
  const addresses = await listen(mqtt, http);
  const timer = setInterval(flush, limits.flushMs);
  return {
    addresses,
    counters: core.counters,
    gauges: () => ({
      sessions: core.sessions.size,
      connections: mqtt.connections(),
      queuedMessages: core.gate.messages,
      queuedBytes: core.gate.bytes,
      paused: core.gate.paused,
    }),
    close: async () => {
      for (const stop of stops) stop();
      clearInterval(timer);
      core.gate.shut();
      await core.batcher.drained();
      await Promise.all([mqtt.close(), http.close()]);
      await core.batcher.drained();
      flush();
    },
  };
}

/** All listeners or none: a port that is taken leaves no other one open. */
async function listen(mqtt: AedesListener, http: HttpListener): Promise<GatewayAddresses> {
  try {
    return { mqtt: await mqtt.listen(), http: await http.listen() };
  } catch (cause) {
    await Promise.all([mqtt.close(), http.close()]);
    throw cause;
  }
}

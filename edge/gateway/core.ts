import type { Clock, Log } from '@keystead/kernel/base';
import { AgentLogs } from './agent-logs.ts';
import { Batcher } from './batcher.ts';
import { Contacts } from './contacts.ts';
import { type GatewayCounters, newCounters } from './counters.ts';
import { FirmwareDesk } from './firmware-desk.ts';
import { Gate } from './gate.ts';
import { Guessing, TokenBucket } from './guessing.ts';
import type { GatewayLimits } from './limits.ts';
import { Misbehaviours } from './misbehaviours.ts';
import type { GatewayPorts } from './ports.ts';
import { Reception } from './reception.ts';
import { Refusals } from './refusals.ts';
import { Sessions } from './sessions.ts';
import { Turnstile } from './turnstile.ts';

/** The parts every listener works with, whatever its protocol. */
export interface GatewayCore {
  readonly ports: GatewayPorts;
  readonly limits: GatewayLimits;
  readonly clock: Clock;
  readonly log: Log;
  readonly counters: GatewayCounters;
  readonly gate: Gate;
  readonly batcher: Batcher;
  readonly turnstile: Turnstile;
  readonly reception: Reception;
  readonly agentLogs: AgentLogs;
  readonly refusals: Refusals;
  readonly contacts: Contacts;
  readonly misbehaviours: Misbehaviours;
  readonly guessing: Guessing;
  readonly firmware: FirmwareDesk;
  readonly provisions: TokenBucket;
  readonly sessions: Sessions;
}

export function createCore(ports: GatewayPorts, limits: GatewayLimits, clock: Clock, log: Log): GatewayCore {
  const counters = newCounters();
  const gate = new Gate(limits, counters);
  const turnstile = new Turnstile(gate, limits.requests);
  return {
    ports,
    limits,
    clock,
    log,
    counters,
    gate,
    batcher: new Batcher(ports.intake, gate, limits, clock, counters),
    turnstile,
    firmware: new FirmwareDesk(ports.firmware, turnstile, limits),
    reception: new Reception(clock, limits.things),
    agentLogs: new AgentLogs(ports.ranges),
    refusals: new Refusals(ports.refusals, clock, limits.refusals, counters),
    contacts: new Contacts(ports.contact, clock),
    misbehaviours: new Misbehaviours(ports.admission, clock),
    guessing: new Guessing(limits.failuresPerMinute),
    provisions: new TokenBucket(limits.provisionsPerSecond, clock.now()),
    sessions: new Sessions(clock),
  };
}

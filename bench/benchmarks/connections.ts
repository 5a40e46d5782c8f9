import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Mosquitto, startMosquitto } from '@keystead/kernel/testing';
import { Client } from '../client.ts';
import { merge, percentile } from '../histogram.ts';
import { startLoad } from '../load/child.ts';
import type { MqttCrowd, MqttCrowdDone } from '../load/mqtt-crowd.ts';
import { withPlatform } from '../platform.ts';
import { memoryOf, processorSeconds } from '../processes.ts';
import { type BenchContext, type Benchmark, rounded } from '../result.ts';
import { stock } from '../stock.ts';

const loads = 2;
/** Descriptors a broker needs for itself. */
const ownDescriptors = 1_000;

/** As many connections as wanted, or as many as one process of this machine may hold. */
function possible(wanted: number): number {
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }));
  return Number.isFinite(limit) ? Math.min(wanted, limit - ownDescriptors) : wanted;
}

interface Seen {
  /** KB of memory of one idle connection, in all processes of the broker. */
  kbEach: number;
  stormS: number;
  p50: number;
  turnedAway: number;
  /** Seconds of processor time of the broker while they came back. */
  processor: number;
}

/** The same crowd before either broker. */
async function crowdOf(pid: number, port: number, tokens: readonly string[], storm: number): Promise<Seen> {
  await sleep(3_000);
  const before = memoryOf(pid).nodeMb;
  const started = Array.from({ length: loads }, (_, part) =>
    startLoad<MqttCrowd, MqttCrowdDone>('mqtt-crowd.ts', {
      port,
      tokens: tokens.filter((_token, n) => n % loads === part),
      storm: Math.floor(storm / loads),
      network: `127.0.${part + 1}`,
    }),
  );
  await Promise.all(started.map(({ ready }) => ready));
  // What connecting left behind is collected, and signs of life are written.
  await sleep(10_000);
  const kbEach = ((memoryOf(pid).nodeMb - before) * 1024) / tokens.length;
  const used = processorSeconds(pid);
  const done = await Promise.all(started.map((load) => load.go()));
  const after = processorSeconds(pid);
  return {
    kbEach,
    stormS: Math.max(...done.map((each) => each.storm)) / 1000,
    p50: percentile(merge(done.map(({ times }) => times)), 0.5),
    turnedAway: done.reduce((sum, each) => sum + each.turnedAway, 0),
    processor: after.node + after.postgres - used.node - used.postgres,
  };
}

function tell(say: BenchContext['say'], who: string, { kbEach, stormS, turnedAway, processor }: Seen): void {
  say(
    `${who}: ${kbEach.toFixed(1)} KB each; storm ${stormS.toFixed(2)} s, ${turnedAway} tries turned away, ${processor.toFixed(1)} s of processor time`,
  );
}

/** Idle connections and a reconnect storm, before our gateway and before Eclipse Mosquitto in the same run. */
export const connections: Benchmark = {
  name: 'connections',
  summary: '20,000 idle MQTT connections (KB each), then 10,000 come back at one moment; Mosquitto beside it',
  goals: { storm_s: { at: '≤', value: 15 }, storm_turned_away: { at: '≤', value: 0 } },
  run: async ({ say, option }) => {
    const count = possible(option('connections', 20_000));
    const storm = Math.min(count, option('storm', 10_000));
    let tokens: string[] = [];
    const ours = await withPlatform({}, async (platform) => {
      const devices = await stock(new Client(platform), count);
      tokens = devices.map(({ token }) => token);
      say(`${count} devices registered`);
      return crowdOf(platform.pid, platform.ports.mqtt, tokens, storm);
    });
    tell(say, 'keystead', ours);
    const mosquitto: Mosquitto = await startMosquitto();
    try {
      const theirs = await crowdOf(mosquitto.pid(), mosquitto.port, tokens, storm);
      tell(say, 'mosquitto', theirs);
      return {
        connections: count,
        kb_each: rounded(ours.kbEach),
        storm,
        storm_s: rounded(ours.stormS),
        storm_p50_ms: rounded(ours.p50),
        storm_turned_away: ours.turnedAway,
        storm_processor_s: rounded(ours.processor),
        mosquitto_kb_each: rounded(theirs.kbEach),
        mosquitto_storm_s: rounded(theirs.stormS),
        mosquitto_storm_p50_ms: rounded(theirs.p50),
      };
    } finally {
      await mosquitto.stop();
    }
  },
};

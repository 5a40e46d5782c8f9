import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import mqtt from 'mqtt-packet';
import { type Histogram, newHistogram, record } from '../histogram.ts';

/** Many devices that are connected and say nothing; then some of them lose their line and come back all at once. */
export interface MqttCrowd {
  port: number;
  tokens: string[];
  /** So many of them come back at one moment. */
  storm: number;
  /** Which of 127.0.0.0/16 they come from. */
  network: string;
}

export interface MqttCrowdDone {
  /** From the moment the line was back to the last CONNACK, ms. */
  storm: number;
  /** Of each device. */
  times: Histogram;
  /** Tries that were turned away, because too many came in one second. */
  turnedAway: number;
}

const atOnce = 100;
const patienceMs = 20_000;

function hello(token: string): Buffer {
  const clientId = `crowd-${token.slice(0, 12)}`;
  const common = { protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 600 } as const;
  return mqtt.generate({ cmd: 'connect', ...common, clientId, username: token });
}

/** So few share an address that the kernel finds a free port at once, with those of closed connections still in their wait. */
const perAddress = 250;

/** Resolves when CONNACK says yes; rejects when the door was shut before that. */
function enter({ port, network, tokens }: MqttCrowd, at: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, localAddress: `${network}.${1 + Math.floor(at / perAddress)}` });
  socket.setNoDelay(true);
  socket.setTimeout(patienceMs, () => socket.destroy());
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('turned away'));
    socket.on('error', () => socket.destroy());
    socket.once('close', fail);
    socket.once('connect', () => socket.write(hello(tokens[at] ?? '')));
    socket.once('data', (bytes: Buffer) => {
      if (bytes[0] !== 0x20 || bytes[3] !== 0) return socket.destroy();
      socket.setTimeout(0);
      socket.removeListener('close', fail);
      socket.resume();
      resolve(socket);
    });
  });
}

/** As devices do it: again after a pause that grows and differs. */
async function persist(crowd: MqttCrowd, at: number): Promise<{ socket: Socket; turnedAway: number }> {
  for (let tries = 0; ; tries++) {
    try {
      return { socket: await enter(crowd, at), turnedAway: tries };
    } catch {
      if (tries >= 30) throw new Error('never let in');
      await sleep(Math.min(4_000, 250 * 2 ** tries) * (0.5 + Math.random()));
    }
  }
}

async function run(crowd: MqttCrowd): Promise<MqttCrowdDone> {
  const { tokens, storm } = crowd;
  const sockets: Socket[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < tokens.length; at = next++) sockets[at] = (await persist(crowd, at)).socket;
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  process.send?.({ ready: true });
  await new Promise((resolve) => process.once('message', resolve));
  for (const socket of sockets.slice(0, storm)) socket.destroy();
  // The other end sees the ends before the new beginnings, as after a cut that lasted.
  await sleep(1_000);
  const times = newHistogram();
  const began = performance.now();
  let turnedAway = 0;
  await Promise.all(
    tokens.slice(0, storm).map(async (_token, at) => {
      const entered = await persist(crowd, at);
      record(times, performance.now() - began);
      turnedAway += entered.turnedAway;
      sockets[at] = entered.socket;
    }),
  );
  const took = performance.now() - began;
  for (const socket of sockets) socket.destroy();
  return { storm: took, times, turnedAway };
}

process.once('message', (crowd: MqttCrowd) => {
  run(crowd).then(
    (done) => process.send?.({ done }, () => process.exit(0)),
    (cause: Error) => process.send?.({ failed: cause.message }, () => process.exit(1)),
  );
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '@keystead/kernel/testing/installation';

/** Eclipse Mosquitto as somebody else's broker, on a port of its own. Fails where it is not installed. */
export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  /** Number of its process as it runs now. */
  pid(): number;
  /** Ends it, and starts it again on the same port with the sessions it kept. */
  restart(pause?: number): Promise<void>;
  stop(): Promise<void>;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export async function startMosquitto(): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-mosquitto-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${folder}/`,
  ];
  // Started by root it would become another user who may not write here.
  if (process.getuid?.() === 0) lines.push('user root');
  writeFileSync(config, `${lines.join('\n')}\n`);
  const start = async () => {
    const child = spawn('mosquitto', ['-c', config], { stdio: 'ignore' });
    let failure: Error | undefined;
    child.once('error', (cause) => {
      failure = cause;
    });
    for (let tries = 0; tries < 100; tries++) {
      await setTimeout(50);
      if (failure) throw failure;
      if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`);
      if (await answers(port)) return child;
    }
    child.kill('SIGKILL');
    throw new Error('mosquitto did not start');
  };
  const end = async () => {
    const gone = once(child, 'exit');
    if (child.kill()) await gone;
  };
  let child = await start();
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    pid: () => child.pid ?? 0,
    restart: async (pause = 0) => {
      await end();
      await setTimeout(pause);
      child = await start();
    },
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true });
    },
  };
}

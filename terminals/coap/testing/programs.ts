import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Debian's libcoap, an implementation that is not ours. A missing one makes the test fail. */
export const coapClient = 'coap-client-notls';
const coapServer = 'coap-server-notls';

export interface Program {
  said(): string;
  stop(): Promise<void>;
}

function start(
  command: string,
  args: readonly string[],
): { child: ChildProcess; program: Program; ended: Promise<void> } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += chunk;
    });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  ended.catch(() => undefined);
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { child, program: { said: () => text, stop }, ended };
}

/** Runs coap-client to its end and answers what it printed. */
export async function runClient(...args: string[]): Promise<string> {
  const { program, ended } = start(coapClient, args);
  await ended;
  return program.said().trim();
}

export const startClient = (...args: string[]): Program => start(coapClient, args).program;

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((done) => void socket.close(() => done()));
  return port;
}

/** coap-server with room for resources of ours; resolves when it answers. */
export async function startServer(): Promise<Program & { port: number }> {
  const port = await freePort();
  const { program } = start(coapServer, ['-A', '127.0.0.1', '-p', String(port), '-d', '10']);
  for (let attempt = 0; attempt < 20; attempt++)
    if ((await runClient('-B', '1', `coap://127.0.0.1:${port}/`)).includes('libcoap')) return { ...program, port };
  await program.stop();
  throw new Error(`coap-server does not answer: ${program.said()}`);
}

import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is asked of the running community; one JSON line each way. */
export interface FaultRequest {
  readonly fault: string;
  readonly home?: string;
  readonly clear?: boolean;
}

export interface FaultReply {
  readonly ok: boolean;
  readonly text: string;
}

const longest = 4_096; // bytes of a line
const patience = 5_000; // ms

/** Where the community of a demo folder listens: a socket in it, or a pipe; a short stand-in where paths are too long. */
export function linePath(folder: string): string {
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\keystead-demo-${mark}`;
  const wanted = join(folder, 'faults.sock');
  return Buffer.byteLength(wanted) < 90 ? wanted : join(tmpdir(), `keystead-demo-${mark}.sock`);
}

/** Calls back with the first line a socket brings; cuts off what is too long or too slow. */
function firstLine(socket: Socket, take: (line: string) => void): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.setTimeout(patience, () => socket.destroy());
  socket.on('data', (part: string) => {
    text += part;
    const end = text.indexOf('\n');
    if (end >= 0) {
      socket.removeAllListeners('data');
      take(text.slice(0, end));
    } else if (text.length > longest) socket.destroy();
  });
}

function readRequest(line: string): FaultRequest | undefined {
  try {
    const { fault, home, clear }: Partial<Record<keyof FaultRequest, unknown>> = JSON.parse(line);
    if (typeof fault !== 'string') return undefined;
    return { fault, ...(typeof home === 'string' && { home }), ...(clear === true && { clear }) };
  } catch {
    return undefined;
  }
}

/** Takes requests on the folder's line until closed. */
export async function openLine(folder: string, answer: (request: FaultRequest) => FaultReply): Promise<Server> {
  const path = linePath(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A socket left behind by a killed process is in the way of ours.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    firstLine(socket, (line) => {
      const request = readRequest(line);
      const reply = request ? answer(request) : { ok: false, text: 'not understood' };
      socket.end(`${JSON.stringify(reply)}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return server;
}

/** Asks the running community. Rejects with `ENOENT` or `ECONNREFUSED` when none runs for this folder. */
export function askCommunity(folder: string, request: FaultRequest): Promise<FaultReply> {
  return new Promise((resolve, reject) => {
    const socket = connect(linePath(folder), () => socket.write(`${JSON.stringify(request)}\n`));
    let answered = false;
    socket.on('error', reject);
    socket.on('close', () => {
      if (!answered) reject(new Error('no answer'));
    });
    firstLine(socket, (line) => {
      answered = true;
      resolve(JSON.parse(line));
    });
  });
}

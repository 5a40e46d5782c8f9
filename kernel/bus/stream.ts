import { rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';

/** Sends frames to whoever is connected. A reader too slow to keep up is cut off; it reads the gap elsewhere. */
export interface StreamWriter {
  write(frame: Buffer): void;
  readers(): number;
  close(): Promise<void>;
}

export interface StreamReader {
  close(): void;
}

const backlogLimit = 64 * 1024 * 1024;

/**
 * The fast way of accepted signals between processes of one machine: length-prefixed frames over a unix socket
 * (a named pipe on Windows). It keeps nothing: every batch has a number, and who misses one reads it from the table.
 */
export async function openStream(path: string): Promise<StreamWriter> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  if (!path.startsWith('\\\\.\\pipe\\')) rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    write: (frame) => {
      if (sockets.size === 0) return;
      const length = Buffer.allocUnsafe(4);
      length.writeUInt32LE(frame.length, 0);
      for (const socket of sockets) {
        if (socket.writableLength > backlogLimit) {
          socket.destroy();
          continue;
        }
        socket.cork();
        socket.write(length);
        socket.write(frame);
        socket.uncork();
      }
    },
    readers: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Follows a stream, reconnecting until closed; `connected` is called at each (re)connection. */
export function connectStream(path: string, onFrame: (frame: Buffer) => void, connected: () => void): StreamReader {
  let socket: Socket | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  function open(): void {
    let held: Buffer[] = [];
    let heldBytes = 0;
    const made = createConnection(path);
    socket = made;
    made.on('connect', connected);
    made.on('data', (chunk: Buffer) => {
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes < 4) return;
      let bytes = held.length === 1 ? chunk : Buffer.concat(held, heldBytes);
      while (bytes.length >= 4) {
        const length = bytes.readUInt32LE(0);
        if (bytes.length < 4 + length) break;
        onFrame(bytes.subarray(4, 4 + length));
        bytes = bytes.subarray(4 + length);
      }
      held = bytes.length > 0 ? [bytes] : [];
      heldBytes = bytes.length;
    });
    made.on('error', () => made.destroy());
    made.on('close', () => {
      if (!closed) timer = setTimeout(open, 100);
    });
  }

  open();
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      socket?.destroy();
    },
  };
}

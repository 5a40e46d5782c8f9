import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line between a master and a server that can be made bad. */
export interface BadLine {
  readonly port: number;
  /** Bends the bytes that come from the server; an empty answer swallows them. */
  bend: (bytes: Buffer) => Uint8Array;
  /** Nothing passes in either direction, connections stay open. */
  mute: boolean;
  /** New connections are closed at once. */
  refusing: boolean;
  cut(): void;
  close(): Promise<void>;
}

export async function badLine(target: number): Promise<BadLine> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (line.refusing) return void near.destroy();
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    near.on('data', (bytes) => void (line.mute || far.write(bytes)));
    far.on('data', (bytes) => {
      if (!line.mute) near.write(line.bend(bytes));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line: BadLine = {
    port: (server.address() as AddressInfo).port,
    bend: (bytes) => bytes,
    mute: false,
    refusing: false,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return line;
}

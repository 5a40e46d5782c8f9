import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { Doorway } from './doorway.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server whose door opens by hand. */
async function house(most: number, patience: number) {
  let places = 0;
  const entered: number[] = [];
  const ports: number[] = [];
  const doorway = new Doorway({
    admits: () => places > 0 && places-- > 0,
    enter: (socket) => {
      entered.push(ports.indexOf(socket.remotePort ?? 0));
      socket.on('error', () => {});
      ends.push(() => socket.destroy());
    },
    most,
    patience,
  });
  const server = createServer((socket) => doorway.arrive(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    doorway.close();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const knock = async (): Promise<Socket> => {
    const before = doorway.waiting + entered.length;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    ends.push(() => socket.destroy());
    await once(socket, 'connect');
    ports.push(socket.localPort ?? 0);
    await vi.waitFor(() => expect(socket.destroyed || doorway.waiting + entered.length > before).toBe(true));
    return socket;
  };
  const open = (more: number) => {
    places += more;
  };
  return { doorway, entered, knock, open };
}

test('whoever comes too fast waits in the order of arrival and is let in, not thrown out', async () => {
  const { doorway, entered, knock, open } = await house(10, 5_000);
  for (let n = 0; n < 5; n++) await knock();
  expect([doorway.waiting, entered]).toEqual([5, []]);
  open(3);
  await vi.waitFor(() => expect(entered).toEqual([0, 1, 2]));
  open(2);
  await vi.waitFor(() => expect(entered).toEqual([0, 1, 2, 3, 4]));
  expect(doorway.waiting).toBe(0);
});

test('whoever gave up takes no place, whoever waited too long is turned away, and so are those beyond the room', async () => {
  const { doorway, entered, knock, open } = await house(2, 300);
  const first = await knock();
  first.destroy();
  const second = await knock();
  await vi.waitFor(() => expect(doorway.waiting).toBeLessThanOrEqual(2));
  open(1);
  await vi.waitFor(() => expect(entered).toEqual([1]));
  const [third, fourth] = [await knock(), await knock()];
  const beyond = await knock();
  await vi.waitFor(() => expect(beyond.destroyed).toBe(true));
  await vi.waitFor(() => expect([third.destroyed, fourth.destroyed]).toEqual([true, true]), { timeout: 3_000 });
  expect([second.destroyed, doorway.waiting]).toEqual([false, 0]);
});

import { type AddressInfo, createServer } from 'node:net';
import { clause } from '@keystead/kernel/testing';
import { eventually, recordingHost } from '@keystead/terminals/testing';
import { expect, test } from 'vitest';
import { modbusChannel } from './channel.ts';
import { rtuFraming } from './frame/rtu-framing.ts';

interface Turn {
  unit: number;
  function: number;
  /** ms since the last answer was sent. */
  silence: number;
}

/** A line of slow units that notes when a question comes, and whether one comes before the last was answered. */
async function slowUnits(answerAfter: number) {
  const turns: Turn[] = [];
  let under = 0;
  let most = 0;
  let answered = Number.NEGATIVE_INFINITY;
  const server = createServer((socket) => {
    socket.on('data', (bytes) => {
      const { request } = rtuFraming.findRequest(bytes);
      if (!request) return;
      const code = request.pdu[0] ?? 0;
      turns.push({ unit: request.unit, function: code, silence: performance.now() - answered });
      under += 1;
      most = Math.max(most, under);
      setTimeout(() => {
        under -= 1;
        answered = performance.now();
        const pdu = code === 6 ? request.pdu : Uint8Array.of(3, 2, 0, 42);
        socket.write(rtuFraming.wrap(request.unit, 0, pdu));
      }, answerAfter);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, turns, most: () => most, close: () => server.close() };
}

test(
  clause('I-6.4-c-4', 'on a shared line one question is under way at a time, the silence is kept, and calls go first'),
  async () => {
    const line = await slowUnits(15);
    const host = recordingHost();
    const point = { name: 'value', area: 'holding' as const, address: 0, writable: true };
    const devices = [1, 2, 3, 4].map((unit) => ({ name: `u${unit}`, at: { unit, every: 50, points: [point] } }));
    const settings = { transport: 'rtu-over-tcp' as const, host: '127.0.0.1', port: line.port, pause: 20 };
    const channel = await modbusChannel.open({ name: 'line', settings, devices }, host);
    try {
      await eventually(() => [...channel.links().values()].every(({ state }) => state === 'up'), 'all up');
      const before = line.turns.length;
      // Four units at 50 ms want more than the line can carry: the queue is never empty.
      const written = await channel.call('u3', 'write', { point: 'value', value: 42 }, 2000);
      expect(written).toMatchObject({ verified: true });
      const at = line.turns.findIndex((turn, index) => index >= before && turn.function === 6);
      expect(at - before).toBeLessThan(2);
      expect(line.turns[at + 1]).toMatchObject({ unit: 3, function: 3 });
      await eventually(() => line.turns.length > 30, 'thirty questions');
      expect(line.most()).toBe(1);
      for (const { silence } of line.turns.slice(1)) expect(silence).toBeGreaterThan(18);
      const turnsOf = (unit: number) => line.turns.filter((turn) => turn.unit === unit).length;
      for (const unit of [1, 2, 3, 4]) expect(turnsOf(unit)).toBeGreaterThan(4);
    } finally {
      await channel.close();
      line.close();
    }
  },
);

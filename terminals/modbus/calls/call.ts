import type { Clock } from '@keystead/kernel/base';
import { DeviceSilent, problemOf, refuse, type Uplink } from '@keystead/terminals/port';
import { readCallOrder } from './params.ts';
import { readPoint, type Target, type WriteResult, writePoint } from './write.ts';

/** What a call answers: one result for `write`, all of them for an action, point and value for `read`. */
export type CallResult = WriteResult | { writes: WriteResult[] } | { point: string; value: unknown };

async function carryOut(
  target: Target,
  method: string,
  params: unknown,
  seen: (values: Record<string, unknown>) => void,
): Promise<CallResult> {
  const order = readCallOrder(target.at, method, params);
  if (!target.line.up) throw problemOf(refuse(DeviceSilent, target.line.fault ?? 'no connection yet'));
  if (order.kind === 'read') {
    const value = await readPoint(target, order.point);
    return { point: order.point.name, value };
  }
  const writes: WriteResult[] = [];
  for (const write of order.writes) {
    const result = await writePoint(target, write);
    if (result.readBack !== undefined) seen({ [result.point]: result.readBack });
    writes.push(result);
  }
  const [only] = writes;
  return order.single && only ? only : { writes };
}

/** Carries a call out within `deadline` ms; what was read back also goes up as a reading. */
export async function callDevice(
  place: Omit<Target, 'until'>,
  call: { method: string; params: unknown; deadline: number },
  up: { clock: Clock; take(uplink: Uplink): Promise<void> },
): Promise<CallResult> {
  const { link } = place;
  const seen = (values: Record<string, unknown>) => {
    const time = up.clock.now().getTime() * 1000;
    void up.take({ kind: 'readings', readings: [{ device: link.device, time, values }] });
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(problemOf(refuse(DeviceSilent, `no result in ${call.deadline} ms`))),
      call.deadline,
    );
  });
  const target = { ...place, until: performance.now() + call.deadline };
  try {
    return await Promise.race([carryOut(target, call.method, call.params, seen), late]);
  } finally {
    clearTimeout(timer);
  }
}

import type { Clock } from '@keystead/kernel/base';
import { DeviceRefused, isRefusal, type Refusal, refuse, type Uplink } from '@keystead/terminals/port';
import type { ModbusDevice } from '../device.ts';
import { exceptionText, type ModbusReply } from '../frame/reply.ts';
import { readFunctions } from '../frame/request.ts';
import type { Line } from '../line/line.ts';
import type { Link } from '../line/link.ts';
import { askTo, isAnswer } from './asking.ts';
import { type Batch, type PlannedPoint, plan, planned, split, usualLimits } from './plan.ts';

/** Batches that are due together. */
export interface PollGroup {
  readonly every: number;
  batches: PolledBatch[];
}

interface PolledBatch {
  batch: Batch;
  /** Turns this batch is still left out, after the device said that the address is not there. */
  rest: number;
  /** Turns to leave it out the next time; doubles. */
  nextRest: number;
}

const longestRest = 64;
const fresh = (batch: Batch): PolledBatch => ({ batch, rest: 0, nextRest: 1 });

export interface PollingTools {
  clock: Clock;
  retries: number;
  /** Longest wait for one's turn on the line, ms. */
  patience: number;
  take(uplink: Uplink): Promise<void>;
  refuse(refusal: Refusal, sample: Uint8Array, device?: string): void;
}

/** The points of a device by interval. */
export function groupsOf(at: ModbusDevice): PollGroup[] {
  const limits = {
    ...usualLimits,
    gap: at.gap ?? usualLimits.gap,
    mostRegisters: at.mostRegisters ?? usualLimits.mostRegisters,
    holes: at.holes ?? [],
  };
  const byInterval = Map.groupBy(at.points.map(planned), ({ point }) => point.every ?? at.every ?? 1000);
  return [...byInterval].map(([every, points]) => ({ every, batches: plan(points, limits).map(fresh) }));
}

const requestOf = ({ area, address, count }: Batch) => ({ function: readFunctions[area], address, count });
const notThere = (reply: ModbusReply): boolean => reply.kind === 'exception' && (reply.code === 2 || reply.code === 3);

interface Harvest {
  values: Record<string, unknown>;
  refused: Refusal[];
}

function collect(points: readonly PlannedPoint[], batch: Batch, bytes: Uint8Array, harvest: Harvest): void {
  for (const { point, decode } of points) {
    const value = decode(bytes, point.address - batch.address);
    if (typeof value === 'object') harvest.refused.push({ ...value, pointer: `/${point.name}` });
    else harvest.values[point.name] = value;
  }
}

/**
 * Asks for one batch. An address that is not there splits the batch, and the parts are asked once in the same turn; what
 * cannot be split further is left out for ever more turns. Answers false when the device is silent.
 */
async function readOne(
  line: Line,
  link: Link,
  polled: PolledBatch,
  tools: PollingTools,
  harvest: Harvest,
  mayRetry: boolean,
): Promise<PolledBatch[] | false> {
  const { batch } = polled;
  const reply = await askTo(line, link, requestOf(batch), tools);
  if (!isAnswer(reply)) return false;
  if (reply.kind === 'data') {
    collect(batch.points, batch, reply.bytes, harvest);
    return [fresh(batch)];
  }
  if (notThere(reply)) {
    const parts = split(batch).map(fresh);
    if (parts.length > 0) return mayRetry ? readParts(line, link, parts, tools, harvest) : parts;
    polled.rest = polled.nextRest;
    polled.nextRest = Math.min(longestRest, polled.nextRest * 2);
  }
  const detail = reply.kind === 'exception' ? exceptionText(reply.code) : undefined;
  for (const { point } of batch.points) harvest.refused.push(refuse(DeviceRefused, detail, `/${point.name}`));
  return [polled];
}

async function readParts(line: Line, link: Link, parts: PolledBatch[], tools: PollingTools, harvest: Harvest) {
  const kept: PolledBatch[] = [];
  for (const [index, part] of parts.entries()) {
    const result = await readOne(line, link, part, tools, harvest, false);
    if (result === false) return [...kept, ...parts.slice(index)];
    kept.push(...result);
  }
  return kept;
}

/**
 * One turn of a group: everything that was read goes up as one reading with the time of the turn's end. Answers whether
 * the device answers.
 */
export async function pollGroup(line: Line, link: Link, group: PollGroup, tools: PollingTools): Promise<boolean> {
  const harvest: Harvest = { values: {}, refused: [] };
  const after: PolledBatch[] = [];
  let answers = true;
  for (const polled of group.batches) {
    if (!answers || polled.rest > 0) {
      polled.rest = Math.max(0, polled.rest - 1);
      after.push(polled);
      continue;
    }
    const result = await readOne(line, link, polled, tools, harvest, true);
    answers = result !== false;
    after.push(...(result === false ? [polled] : result));
  }
  group.batches = after;
  const reading = {
    device: link.device,
    time: tools.clock.now().getTime() * 1000,
    values: harvest.values,
  };
  const refused = harvest.refused.map((each) => ({ ...each, device: link.device }));
  const has = Object.keys(harvest.values).length > 0;
  if (has || refused.length > 0) {
    await tools.take({
      kind: 'readings',
      readings: has ? [reading] : [],
      ...(refused.length > 0 ? { refused } : {}),
    });
  }
  return answers;
}

/** One small question that shows whether a device is there. */
export async function probe(line: Line, link: Link, groups: readonly PollGroup[], patience: number): Promise<boolean> {
  const batch = groups[0]?.batches[0]?.batch;
  if (!batch) return line.up;
  const answer = await askTo(line, link, requestOf(batch), { retries: 0, patience });
  return !isRefusal(answer) && isAnswer(answer);
}

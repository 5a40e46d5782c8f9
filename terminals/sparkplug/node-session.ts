import { PropertyUnknown, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import type { DataType } from './data-types.ts';
import type { Metric, MetricProperties, Payload } from './payload.ts';
import type { SparkplugTopic } from './topics.ts';
import { bigOf } from './wire.ts';

/** A metric as a birth announced it. */
export interface Declared {
  name: string;
  alias?: bigint;
  type: DataType;
  properties: MetricProperties;
}

/** A metric of a message with what its birth said of it. */
export interface KnownMetric {
  declared: Declared;
  metric: Metric;
}

/** What one message means for a node and what is behind it. */
export interface Outcome {
  /** `stale`: it is about a session that is over, nothing follows from it. */
  meaning: 'birth' | 'death' | 'data' | 'stale';
  metrics: KnownMetric[];
  refused: Refusal[];
  /** Why a new birth is needed. */
  rebirth?: string;
}

const metricsMost = 50_000;
const devicesMost = 5_000;
const bdSeq = 'bdSeq';
const node = '';

const bdSeqOf = ({ metrics }: Payload): bigint | undefined => {
  const raw = metrics.find(({ name }) => name === bdSeq)?.raw;
  return raw && bigOf(raw);
};

/**
 * What is known of one edge node between its birth and its death: who stands behind it, which metrics there are by name
 * and alias, and whether a message is missing. Pure; it looks at no clock.
 */
export class NodeSession {
  /** `doubtful`: something was missed, so an alias may mean another metric by now. */
  #state: 'unborn' | 'alive' | 'doubtful' = 'unborn';
  #seq: number | undefined;
  #bdSeq: bigint | undefined;
  #byAlias = new Map<bigint, { owner: string; declared: Declared }>();
  /** By device; the node itself is ''. */
  #byOwner = new Map<string, Map<string, Declared>>();
  #size = 0;

  get state() {
    return this.#state;
  }

  declared(device: string | undefined, name: string): Declared | undefined {
    return this.#byOwner.get(device ?? node)?.get(name);
  }

  isBorn(device: string | undefined): boolean {
    return this.#byOwner.has(device ?? node);
  }

  /** We were away and cannot know what was missed. */
  doubt(): void {
    if (this.#state === 'alive') this.#state = 'doubtful';
  }

  take({ type, device = node }: SparkplugTopic, payload: Payload): Outcome {
    if (type === 'NBIRTH') return this.#nodeBirth(payload);
    if (type === 'NDEATH') return this.#nodeDeath(payload);
    if (this.#state === 'unborn') return outcome('stale', { rebirth: 'not born' });
    const missed = this.#step(payload);
    if (type === 'DBIRTH') return { ...this.#birth(device, payload), ...missed };
    if (!this.#byOwner.has(device)) return outcome('stale', { rebirth: 'its device is not born' });
    if (type === 'DDEATH') {
      this.#forget(device);
      return outcome('death', missed);
    }
    return { ...this.#data(device, payload), ...missed };
  }

  #nodeBirth(payload: Payload): Outcome {
    this.#clear();
    this.#state = 'alive';
    this.#seq = payload.seq ?? 0;
    this.#bdSeq = bdSeqOf(payload);
    return this.#birth(node, payload);
  }

  /** A death of an older session comes late, when the broker notices only after the node is back. */
  #nodeDeath(payload: Payload): Outcome {
    const told = bdSeqOf(payload);
    if (this.#bdSeq !== undefined && told !== undefined && told !== this.#bdSeq) return outcome('stale');
    this.#clear();
    return outcome('death');
  }

  #clear(): void {
    this.#state = 'unborn';
    this.#seq = undefined;
    this.#bdSeq = undefined;
    this.#byAlias = new Map();
    this.#byOwner = new Map();
    this.#size = 0;
  }

  #step({ seq }: Payload): { rebirth?: string } {
    const expected = this.#seq === undefined ? undefined : (this.#seq + 1) % 256;
    this.#seq = seq;
    if (seq === undefined || seq > 255 || seq !== expected) {
      this.#state = 'doubtful';
      return { rebirth: `number ${seq ?? 'none'} instead of ${expected ?? 'any'}` };
    }
    return this.#state === 'doubtful' ? { rebirth: 'something was missed' } : {};
  }

  #birth(owner: string, { metrics }: Payload): Outcome {
    this.#forget(owner);
    if (this.#byOwner.size >= devicesMost)
      return outcome('stale', { refused: [refuse(ProtocolViolated, `more than ${devicesMost} devices`)] });
    const born = outcome('birth');
    const byName = new Map<string, Declared>();
    this.#byOwner.set(owner, byName);
    for (const [at, metric] of metrics.entries()) {
      const { name, alias, type, properties } = metric;
      const fault = this.#fault(metric, owner, byName);
      if (fault !== undefined || name === undefined || type === undefined) {
        born.refused.push(refuse(ProtocolViolated, fault ?? 'no name or type', `/metrics/${at}`));
        continue;
      }
      const declared: Declared = { name, type, properties, ...(alias !== undefined && { alias }) };
      byName.set(name, declared);
      if (alias !== undefined) this.#byAlias.set(alias, { owner, declared });
      this.#size++;
      born.metrics.push({ declared, metric });
    }
    return born;
  }

  #fault({ name, alias }: Metric, owner: string, byName: ReadonlyMap<string, Declared>): string | undefined {
    if (this.#size >= metricsMost) return `more than ${metricsMost} metrics`;
    if (name !== undefined && byName.has(name)) return `${name.slice(0, 80)} twice`;
    const other = alias === undefined ? undefined : this.#byAlias.get(alias);
    return other && `alias ${alias} is ${other.owner === owner ? '' : `${other.owner}/`}${other.declared.name}`;
  }

  #data(owner: string, { metrics }: Payload): Outcome {
    const told = outcome('data');
    for (const [at, metric] of metrics.entries()) {
      const declared = this.#known(owner, metric);
      if (declared) told.metrics.push({ declared, metric });
      else {
        const name = metric.name ?? `alias ${metric.alias ?? 'none'}`;
        told.refused.push(refuse(PropertyUnknown, name.slice(0, 128), `/metrics/${at}`));
        if (metric.name === undefined) told.rebirth = 'an alias nobody knows';
      }
    }
    return told;
  }

  #known(owner: string, { name, alias }: Metric): Declared | undefined {
    if (name !== undefined) return this.#byOwner.get(owner)?.get(name);
    const found = this.#state === 'alive' && alias !== undefined ? this.#byAlias.get(alias) : undefined;
    return found?.owner === owner ? found.declared : undefined;
  }

  #forget(owner: string): void {
    const before = this.#byOwner.get(owner);
    if (!before) return;
    for (const { alias } of before.values()) if (alias !== undefined) this.#byAlias.delete(alias);
    this.#size -= before.size;
    this.#byOwner.delete(owner);
  }
}

const outcome = (meaning: Outcome['meaning'], more: Partial<Outcome> = {}): Outcome => ({
  meaning,
  metrics: [],
  refused: [],
  ...more,
});

import { createHash } from 'node:crypto';
import type { ProblemClass } from '@keystead/contracts/problem';
import { Problem } from '@keystead/contracts/problem';
import {
  CertificateUntrusted,
  type ChannelHost,
  DeviceSilent,
  type LinkCounter,
  type Occurrence,
  PayloadMalformed,
  refuse,
} from '@keystead/terminals/port';
import { fetchSnapshot, type SnapshotAddress } from './http/snapshot.ts';
import { readThumbnail } from './jpeg/thumbnail.ts';
import { readKeptWatch, writeKeptWatch } from './watch/kept-watch.ts';
import { viewOf } from './watch/view.ts';
import { type Fault, type Finding, type Look, Watch } from './watch/watch.ts';

/** Events of a fault and of its end. */
const events: Readonly<Record<Fault, readonly [begun: string, over: string]>> = {
  lost: ['videoSignalLost', 'videoSignalBack'],
  covered: ['videoCovered', 'videoUncovered'],
  rotated: ['videoRotated', 'videoViewBack'],
};

/** A sign of life this often, so that the platform knows the camera is there. */
const lifeEvery = 20_000;
const mostWaiting = 100;
/** ms between two keepings of a view that only moves slowly. */
const keepEvery = 600_000;

interface Parts {
  name: string;
  address: SnapshotAddress;
  host: ChannelHost;
  links: LinkCounter;
  settings: { every: number; patience: number; timeout: number };
}

/** One camera: asked for a picture again and again; what the watch finds becomes events that are not lost. */
export class Station {
  readonly #parts: Parts;
  readonly #watch: Watch;
  readonly #waiting: Occurrence[] = [];
  #living = 0;
  #begun = false;
  #kept = { at: Number.NEGATIVE_INFINITY, fault: '' };
  #failed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { patience, every } = parts.settings;
    this.#watch = new Watch({ patience: patience * 1000, standing: Math.max(20, every * 8) * 1000 });
  }

  /** Takes one picture and looks at it. Never rejects: what went wrong is a finding or a refusal. */
  async step(): Promise<void> {
    const { host, settings } = this.#parts;
    await this.#recall();
    const look = await this.#look();
    const now = host.clock.now().getTime();
    this.#tell(this.#watch.look(now, look), now);
    await this.#hand();
    await this.#remember(now);
    if ('view' in look && now - this.#living >= Math.max(lifeEvery, settings.every * 1000)) await this.#live(now);
  }

  /** What is to be seen was learnt before the restart: a camera turned meanwhile does not show the right view. */
  async #recall(): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    const { host, name } = this.#parts;
    try {
      const bytes = await host.memory?.read(name, this.#memory);
      const kept = bytes && readKeptWatch(bytes);
      if (kept) this.#watch.restore(kept);
    } catch (cause) {
      host.log.warn({ err: cause, device: name }, 'the view of a camera was not read; it is learnt anew');
    }
  }

  /** Kept when it is learnt, when something is told, and as it changes with light and seasons. */
  async #remember(now: number, atOnce = false): Promise<void> {
    const { host, name } = this.#parts;
    const kept = this.#watch.keep();
    const fault = this.#watch.fault ?? '';
    // What was found and is not stored yet would be forgotten with the process: then it must be found again.
    if (!host.memory || !kept || this.#waiting.length > 0) return;
    if (!atOnce && fault === this.#kept.fault && now - this.#kept.at < keepEvery) return;
    this.#kept = { at: now, fault };
    try {
      await host.memory.write(name, this.#memory, writeKeptWatch(kept));
    } catch (cause) {
      host.log.warn({ err: cause, device: name }, 'the view of a camera was not kept');
    }
  }

  /** Another address may be another camera: it has a view of its own. */
  get #memory(): string {
    return `view ${this.#parts.address.url}`;
  }

  async close(): Promise<void> {
    if (this.#begun) await this.#remember(this.#parts.host.clock.now().getTime(), true);
  }

  async #look(): Promise<Look> {
    const { name, address, host, links, settings } = this.#parts;
    links.sent(name);
    const asked = host.clock.now().getTime();
    let bytes: Buffer;
    try {
      bytes = await fetchSnapshot(address, settings.timeout * 1000);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      links.lost(name);
      // A wrong password is told once in a row, silence is what the watch is for.
      if (!(cause instanceof DeviceSilent) && !this.#failed)
        host.refuse(refuse(cause.constructor as unknown as ProblemClass, detailOf(cause)), new Uint8Array(0), name);
      this.#failed = !(cause instanceof DeviceSilent);
      if (cause instanceof CertificateUntrusted) host.log.warn({ device: name }, 'a camera shows another certificate');
      return { missing: 'no-answer' };
    }
    this.#failed = false;
    links.received(name, host.clock.now().getTime() - asked);
    const picture = readThumbnail(bytes);
    if (!picture) {
      host.refuse(refuse(PayloadMalformed, 'no whole JPEG picture'), bytes.subarray(0, 64), name);
      return { missing: 'no-picture' };
    }
    return { view: viewOf(picture), mark: createHash('sha256').update(bytes).digest('base64') };
  }

  #tell(findings: readonly Finding[], now: number): void {
    const { name } = this.#parts;
    for (const { fault, begun, detail } of findings) {
      const [start, end] = events[fault];
      this.#waiting.push({ device: name, time: now * 1000, event: begun ? start : end, data: detail });
    }
    this.#waiting.splice(0, this.#waiting.length - mostWaiting);
  }

  /** What could not be stored waits for the next step, in its order. */
  async #hand(): Promise<void> {
    const { host } = this.#parts;
    const occurrences = this.#waiting.splice(0);
    if (occurrences.length === 0) return;
    try {
      await host.take({ kind: 'occurrences', occurrences });
    } catch (cause) {
      this.#waiting.unshift(...occurrences);
      host.log.warn({ err: cause }, 'findings about a camera wait');
    }
  }

  async #live(now: number): Promise<void> {
    const { name, host, links } = this.#parts;
    const latency = links.all().get(name)?.latency;
    const values = { covered: this.#watch.fault === 'covered', ...(latency === undefined ? {} : { latency }) };
    try {
      await host.take({ kind: 'readings', readings: [{ device: name, time: now * 1000, values }] });
      this.#living = now;
    } catch (cause) {
      host.log.warn({ err: cause }, 'a sign of life of a camera was not taken');
    }
  }

  /** `status` → what the watch knows; `learnView` → what is shown now is the right view. */
  async status() {
    return { fault: this.#watch.fault ?? null, learnt: this.#watch.learnt };
  }

  async learnView() {
    const { host, name } = this.#parts;
    this.#tell(this.#watch.relearn(), host.clock.now().getTime());
    await host.memory?.write(name, this.#memory, undefined);
    this.#kept.at = Number.NEGATIVE_INFINITY;
    await this.#hand();
    return { learning: true };
  }
}

const detailOf = (problem: Problem): string => {
  const { detail } = problem.data as { detail?: unknown };
  return typeof detail === 'string' ? detail : '';
};

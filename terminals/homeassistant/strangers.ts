import { Candidates } from '@keystead/terminals/port';
import type { Announcement } from './discovery.ts';

const topicsMost = 5_000;

/** Devices that announce themselves and are not configured: told as candidates, with what they are. */
export class Strangers {
  readonly candidates: Candidates;
  /** Device by discovery topic. */
  readonly #byTopic = new Map<string, string>();
  readonly #entities = new Map<string, number>();

  constructor(line: string) {
    this.candidates = new Candidates(line);
  }

  /** True when there is something new to tell. */
  announce(topic: string, { device, faces }: Announcement): boolean {
    const [id] = device.ids;
    const before = this.#byTopic.get(topic);
    if (id === undefined || (before === undefined && this.#byTopic.size >= topicsMost)) return false;
    if (before !== id) {
      if (before !== undefined) this.#less(before);
      this.#byTopic.set(topic, id);
      this.#entities.set(id, (this.#entities.get(id) ?? 0) + 1);
    }
    const { name = id, manufacturer, model } = device;
    const made = { ...(manufacturer && { manufacturer }), ...(model && { model }) };
    const about = {
      ...made,
      announcements: this.#entities.get(id),
      components: [...new Set(faces.map((face) => face.component))],
    };
    return this.candidates.seen(id, { title: name, at: { device: id }, about });
  }

  takeBack(topic: string): boolean {
    const id = this.#byTopic.get(topic);
    if (id === undefined) return false;
    this.#byTopic.delete(topic);
    return this.#less(id);
  }

  #less(id: string): boolean {
    const left = (this.#entities.get(id) ?? 1) - 1;
    if (left > 0) {
      this.#entities.set(id, left);
      return false;
    }
    this.#entities.delete(id);
    return this.candidates.gone(id);
  }
}

import { type Availability, Presence } from './availability.ts';
import type { Announcement, DeviceInfo } from './discovery.ts';
import type { Face } from './faces.ts';
import type { HomeAssistantDevice } from './settings.ts';

/** A face under the name it has on the platform. */
export interface NamedFace extends Face {
  point: string;
}

const announcementsMost = 500;

/** One configured device as its announcements describe it, which come one by one and in any order. */
export class KnownDevice {
  readonly name: string;
  readonly at: HomeAssistantDevice;
  readonly presence = new Presence();
  readonly #announcements = new Map<string, Announcement>();
  #faces: readonly NamedFace[] = [];

  constructor(name: string, at: HomeAssistantDevice) {
    this.name = name;
    this.at = at;
  }

  get faces(): readonly NamedFace[] {
    return this.#faces;
  }

  get info(): DeviceInfo | undefined {
    return [...this.#announcements.values()].at(-1)?.device;
  }

  get topics(): string[] {
    return [...this.#faces.flatMap(({ stateTopic }) => stateTopic ?? []), ...this.presence.topics];
  }

  has(topic: string): boolean {
    return this.#announcements.has(topic);
  }

  announce(topic: string, announcement: Announcement): void {
    if (this.#announcements.size >= announcementsMost && !this.has(topic)) return;
    this.#announcements.set(topic, announcement);
    this.#rebuild();
  }

  takeBack(topic: string): void {
    if (this.#announcements.delete(topic)) this.#rebuild();
  }

  #rebuild(): void {
    const all = [...this.#announcements.values()];
    const faces = all.flatMap((one) => one.faces);
    const nameOf = this.#names(faces);
    this.#faces = faces.flatMap((face) => {
      const point = nameOf(face);
      return point === undefined ? [] : [{ ...face, point }];
    });
    const availability: Availability | undefined = all.findLast(
      (one) => one.availability.witnesses.length > 0,
    )?.availability;
    this.presence.availability = availability ?? { mode: 'latest', witnesses: [] };
  }

  /** By the table of points; without one by the id, with the component before it where two have the same. */
  #names(faces: readonly Face[]): (face: Face) => string | undefined {
    const { points } = this.at;
    if (points) return (face) => points.find(({ entity }) => entity === face.id)?.name;
    const twice = new Set(
      faces.filter((face) => faces.some((other) => other !== face && other.id === face.id)).map(({ id }) => id),
    );
    return ({ id, component }) => (id === '__proto__' ? undefined : twice.has(id) ? `${component}_${id}` : id);
  }
}

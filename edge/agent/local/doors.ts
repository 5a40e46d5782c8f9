import { type Door, DoorBook, type DoorDecision, type DoorGrants, isKeyKind } from '@keystead/contracts/agent';
import { isObject } from '@keystead/terminals/mqtt';

/** What is to be done about an event of a door's reader. */
export interface DoorAnswer {
  door: Door;
  decision: DoorDecision;
  key: string;
  direction: 'in' | 'out';
}

/** The doors of this place and who may open them: answered here, with or without a line to the centre (H-6.1-2). */
export class Doors {
  #doors: readonly Door[] = [];
  #book: DoorBook | undefined;

  apply(doors: readonly Door[], grants: DoorGrants | undefined): void {
    this.#doors = doors;
    this.#book = grants && new DoorBook(grants);
  }

  /** Undefined = the event is none of a door. `time`: ms, by the best clock there is. */
  ask(device: string, event: string, data: unknown, time: number): DoorAnswer | undefined {
    const door = this.#doors.find((each) => each.device === device && each.event === event);
    if (door === undefined || !isObject(data)) return undefined;
    const { key, kind } = data;
    const direction = data.direction === 'out' ? 'out' : 'in';
    const shown = typeof key === 'string' ? key : '';
    if (direction === 'out') return { door, decision: { allowed: true }, key: shown, direction };
    if (shown === '' || !isKeyKind(kind) || this.#book === undefined)
      return { door, decision: { allowed: false, reason: 'key-unknown' }, key: shown, direction };
    return {
      door,
      decision: this.#book.decide({ door: device, key: shown, kind, direction, time }),
      key: shown,
      direction,
    };
  }
}

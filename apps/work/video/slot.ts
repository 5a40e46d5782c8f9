/** Places for algorithms that look at pictures (H-6.2-e); the first is the core one. */
export const slots = ['face', 'behaviour', 'plate'] as const;
export type Slot = (typeof slots)[number];

/** Event of a camera that carries a result of a slot. */
export const slotOfEvent: ReadonlyMap<string, Slot> = new Map([
  ['faceFound', 'face'],
  ['behaviourFound', 'behaviour'],
  ['plateFound', 'plate'],
]);

export interface SlotState {
  slot: Slot;
  /** `expected` by the size of the community; `default` by what the organisation set; `optional`. */
  standing: 'expected' | 'default' | 'optional';
  on: boolean;
  gap?: 'switched-off' | 'no-results';
}

const large = 1000;
const small = 100;
/** A slot that is on and silent for so long is a gap. */
const silence = 7 * 86_400_000;

/**
 * Slots of a community: all three from 1,000 households on, none asked of up to 100, between them what the organisation
 * set (the core one unless told). `chosen` overrides; `lastAt`: last result of each, ms since 1970.
 */
export function slotStates(
  households: number,
  middle: readonly string[],
  chosen: Partial<Record<Slot, boolean>>,
  lastAt: Partial<Record<Slot, number>>,
  now: number,
): SlotState[] {
  return slots.map((slot): SlotState => {
    const standing = households >= large ? 'expected' : households <= small ? 'optional' : 'default';
    const usual = standing === 'expected' || (standing === 'default' && middle.includes(slot));
    const on = chosen[slot] ?? usual;
    const silent = on && now - (lastAt[slot] ?? 0) > silence;
    const gap = standing === 'optional' ? undefined : usual && !on ? 'switched-off' : silent ? 'no-results' : undefined;
    return { slot, standing, on, ...(gap ? { gap } : {}) };
  });
}

/** What carries the bits, apart from what they mean (H-7.1-a, I-6.4-c-4). `cellular`: 4G, 5G, Cat.1. */
export const bearers = [
  'cellular',
  'nb-iot',
  'lora',
  'wifi',
  'ble',
  'zigbee',
  'nearlink',
  'rs232',
  'rs485',
  'ethernet',
] as const;
export type Bearer = (typeof bearers)[number];

export const isBearer = (word: unknown): word is Bearer => bearers.some((bearer) => bearer === word);

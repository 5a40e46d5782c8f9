import { BrokerSettings } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };

export const ZigbeeSettings = Type.Object(
  {
    broker: BrokerSettings,
    /** `base_topic` of zigbee2mqtt; absent = `zigbee2mqtt`. */
    base: Type.Optional(Type.String({ minLength: 1, maxLength: 128, pattern: '^[^+#]*[^+#/]$' })),
  },
  closed,
);
export type ZigbeeSettings = Static<typeof ZigbeeSettings>;

export const ZigbeeAddress = Type.Object(
  {
    /** IEEE address (`0x00158d0001dc126a`), or the friendly name; the address stays when the name changes. */
    address: Type.String({ minLength: 1, maxLength: 256 }),
  },
  closed,
);
export type ZigbeeAddress = Static<typeof ZigbeeAddress>;

/** What can carry a device's words, in the order of the lists people choose from; its texts are `parts.bearers.…`. */
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

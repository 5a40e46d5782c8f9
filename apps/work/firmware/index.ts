export type { OfferedFirmware } from './delivery.ts';
export { type FirmwareService, firmware } from './module.ts';

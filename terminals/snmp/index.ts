export { snmpChannel } from './channel.ts';
export { snmpReader } from './frame/frame-reader.ts';
export { SnmpDevice, SnmpSettings } from './settings.ts';

export { snmpChannel } from './channel.ts';
export { SnmpDevice, SnmpSettings } from './settings.ts';

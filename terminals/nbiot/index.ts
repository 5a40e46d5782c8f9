export { nbiotChannel } from './channel.ts';
export type { Cloud, CloudEvent, Push } from './cloud.ts';
export { ctwing } from './ctwing.ts';
export { type OnenetKeys, onenet, onenetSignature } from './onenet.ts';
export { NbiotDevice, NbiotSettings } from './settings.ts';

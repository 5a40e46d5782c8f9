export type { Addressee, Carried, CarriedMessage } from './carrying.ts';
export type { SmsProvider } from './channels/sms.ts';
export { notify } from './module.ts';
export type { Notice, Trigger } from './notice.ts';
export type { NotifyService } from './notify.ts';
export type { Receiver, Receivers } from './receivers.ts';

export { bacnetChannel } from './channel.ts';
export { readDatagram } from './frame/datagram.ts';
export {
  readCovNotification,
  readError,
  readIAm,
  readReadMultipleAck,
  readReadPropertyAck,
} from './frame/services.ts';
export { bacnetFrameReader } from './frame-reader.ts';
export { BacnetDevice, BacnetSettings } from './settings.ts';

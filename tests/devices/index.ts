export { type AlarmPage, alarmsOf, eventually, oneDevice, type TestDevice } from './device.ts';

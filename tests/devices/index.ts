export { type AlarmPage, alarmsOf, eventually, oneDevice, type TestDevice } from './device.ts';
export { type AlarmHeard, arisen, type Ear, openEar } from './ear.ts';
export { openSpeaker, type Speaker } from './speaker.ts';

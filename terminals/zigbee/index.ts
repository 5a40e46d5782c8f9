export { zigbeeChannel } from './channel.ts';
export { readDevices, type ZigbeeDevice } from './network.ts';
export { type Point, pointsOf } from './points.ts';
export { ZigbeeAddress, ZigbeeSettings } from './settings.ts';
export { readState, type State } from './states.ts';

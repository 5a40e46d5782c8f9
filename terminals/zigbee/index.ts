export { zigbeeChannel } from './channel.ts';
export { type Point, pointsOf } from './points.ts';
export { ZigbeeAddress, ZigbeeSettings } from './settings.ts';

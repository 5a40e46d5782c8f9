export type { Course, Occurrence, Values } from './course.ts';
export { gasDetector, smokeDetector } from './detectors.ts';
export { temperatureHumidity } from './indoor.ts';
export { lock } from './lock.ts';
export { electricityMeter, waterMeter } from './meters.ts';
export { machine, motor } from './plant.ts';
export { camera, homeGateway, host, vitalSigns } from './presence.ts';
export { between, chance, choices, seedOf } from './random.ts';

export {
  type BatteryForecast,
  type BatteryReading,
  batteryGap,
  batteryLine,
  forecastBattery,
} from './battery-life.ts';
export { type ClimateZone, claimGaps, climateZones, hasBattery, registrationGaps, temperatureGap } from './claims.ts';
export { delayLimitOf } from './delay.ts';
export { type DeviceClass, deviceClasses, deviceClassOf, meterClasses } from './device-class.ts';
export { type DialComparison, reconcileDial } from './dial.ts';
export { type EvidenceItem, EvidenceItemSchema, evidenceGaps, isAbout, serviceGaps } from './dossier.ts';
export { type Gap, type GapCode, gapCodes } from './gap.ts';

export { type FirmwareOffer, noOffer, offerNames, offerValues, readOffer } from './offer.ts';
export { type FirmwareReport, type FirmwareState, firmwareStates, readReport, reportKeys } from './report.ts';
export { type FirmwareStatement, firmwareStatement, sameStatement } from './statement.ts';

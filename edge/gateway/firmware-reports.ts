import { type FirmwareReport, readReport, reportKeys } from '@keystead/contracts/firmware';
import type { Reading } from '@keystead/terminals/port';

export interface SplitReadings {
  /** Values without what was said of the firmware. */
  readings: readonly Reading[];
  reports: { device?: string; report: FirmwareReport }[];
}

const isAbout = new Set<string>(reportKeys);

/** Takes what devices say of their firmware out of their telemetry; readings without any are passed on as they are. */
export function splitReports(readings: readonly Reading[]): SplitReadings {
  const reports: SplitReadings['reports'] = [];
  let kept: Reading[] | undefined;
  readings.forEach((reading, at) => {
    const report = readReport(reading.values);
    if (report === undefined) {
      kept?.push(reading);
      return;
    }
    kept ??= readings.slice(0, at);
    reports.push({ device: reading.device, report });
    const rest = Object.entries(reading.values).filter(([name]) => !isAbout.has(name));
    if (rest.length > 0) kept.push({ ...reading, values: Object.fromEntries(rest) });
  });
  return { readings: kept ?? readings, reports };
}

export const firmwareStates = [
  'DOWNLOADING',
  'DOWNLOADED',
  'VERIFIED',
  'UPDATING',
  'UPDATED',
  'FAILED',
  'ROLLED_BACK',
] as const;
export type FirmwareState = (typeof firmwareStates)[number];

/** What a device says of its firmware. */
export interface FirmwareReport {
  title?: string;
  /** What runs now. */
  version?: string;
  state?: FirmwareState;
  error?: string;
}

export const reportKeys = ['current_fw_title', 'current_fw_version', 'fw_state', 'fw_error'] as const;

const textIn = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.isWellFormed() && !value.includes('\u0000')
    ? value.slice(0, most)
    : undefined;

/** What of some values is about the firmware; undefined = nothing. What is not understood is left out. */
export function readReport(values: Readonly<Record<string, unknown>>): FirmwareReport | undefined {
  if (values.current_fw_version === undefined && values.fw_state === undefined) return undefined;
  const title = textIn(values.current_fw_title, 100);
  const version = textIn(values.current_fw_version, 60);
  const state = firmwareStates.find((each) => each === values.fw_state);
  const error = textIn(values.fw_error, 200);
  if (version === undefined && state === undefined) return undefined;
  return {
    ...(title === undefined ? {} : { title }),
    ...(version === undefined ? {} : { version }),
    ...(state === undefined ? {} : { state }),
    ...(error === undefined ? {} : { error }),
  };
}

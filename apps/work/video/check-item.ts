/** What is looked at where a camera stands, in our words; the standard itself is GB 55029 (H-6.2-0). */
export const checkItems = [
  'coverage',
  'entrances',
  'perimeter',
  'imageQuality',
  'lowLight',
  'recordingDays',
  'timeSync',
  'accessRights',
  'storageProtection',
  'powerBackup',
  'lightningEarthing',
  'mounting',
  'privacyMasking',
  'signage',
] as const;
export type CheckItem = (typeof checkItems)[number];

export type CheckState = 'met' | 'unmet' | 'not-applicable';

export interface CheckLine {
  item: CheckItem;
  state?: CheckState;
  record?: string | null;
}

export type CheckGap = 'not-filled' | 'unmet' | 'no-evidence';

/** Why a line is a gap; undefined = it is none. What is met needs the file that shows it. */
export function checkGap({ state, record }: Pick<CheckLine, 'state' | 'record'>): CheckGap | undefined {
  if (state === undefined) return 'not-filled';
  if (state === 'unmet') return 'unmet';
  return state === 'met' && !record ? 'no-evidence' : undefined;
}

/** All lines in their order, those nobody filled too. */
export const allLines = <L extends CheckLine>(filled: readonly L[]): (L | CheckLine)[] =>
  checkItems.map((item) => filled.find((line) => line.item === item) ?? { item });

// Numbers of the standard by their names, as far as they are used or shown.

const objectTypes: Readonly<Record<string, number>> = {
  'analog-input': 0,
  'analog-output': 1,
  'analog-value': 2,
  'binary-input': 3,
  'binary-output': 4,
  'binary-value': 5,
  calendar: 6,
  device: 8,
  file: 10,
  loop: 12,
  'multi-state-input': 13,
  'multi-state-output': 14,
  'notification-class': 15,
  program: 16,
  schedule: 17,
  'multi-state-value': 19,
  'trend-log': 20,
  'life-safety-point': 21,
  'life-safety-zone': 22,
  accumulator: 23,
  'pulse-converter': 24,
  'access-door': 30,
  'characterstring-value': 40,
  'integer-value': 45,
  'large-analog-value': 46,
  'positive-integer-value': 48,
  'lighting-output': 54,
};

const properties: Readonly<Record<string, number>> = {
  'cov-increment': 22,
  description: 28,
  'event-state': 36,
  'firmware-revision': 44,
  'max-pres-value': 65,
  'min-pres-value': 69,
  'model-name': 70,
  'object-identifier': 75,
  'object-list': 76,
  'object-name': 77,
  'object-type': 79,
  'out-of-service': 81,
  'present-value': 85,
  'priority-array': 87,
  'protocol-services-supported': 97,
  reliability: 103,
  'relinquish-default': 104,
  'state-text': 110,
  'status-flags': 111,
  'system-status': 112,
  units: 117,
  'vendor-identifier': 120,
  'vendor-name': 121,
};

const errorCodes: Readonly<Record<number, string>> = {
  0: 'other',
  9: 'invalid-data-type',
  25: 'operational-problem',
  27: 'read-access-denied',
  29: 'service-request-denied',
  31: 'unknown-object',
  32: 'unknown-property',
  37: 'value-out-of-range',
  40: 'write-access-denied',
  42: 'invalid-array-index',
  43: 'cov-subscription-failed',
  44: 'not-cov-property',
  45: 'optional-functionality-not-supported',
  50: 'property-is-not-an-array',
  67: 'reject-unrecognized-service',
};
const rejects = [
  'other',
  'buffer-overflow',
  'inconsistent-parameters',
  'invalid-parameter-data-type',
  'invalid-tag',
  'missing-required-parameter',
  'parameter-out-of-range',
  'too-many-arguments',
  'undefined-enumeration',
  'unrecognized-service',
] as const;
const aborts = [
  'other',
  'buffer-overflow',
  'invalid-apdu-in-this-state',
  'preempted-by-higher-priority-task',
  'segmentation-not-supported',
  'security-error',
  'insufficient-security',
  'window-size-out-of-range',
  'application-exceeded-reply-time',
  'out-of-resources',
  'tsm-timeout',
  'apdu-too-long',
] as const;

const reversed = (names: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(names).map(([name, number]) => [number, name]));
const typeNames = reversed(objectTypes);
const propertyNames = reversed(properties);

const numbered = (names: Readonly<Record<string, number>>, word: string, most: number): number | undefined => {
  const number = Object.hasOwn(names, word) ? names[word] : /^\d{1,7}$/.test(word) ? Number(word) : undefined;
  return number !== undefined && number <= most ? number : undefined;
};

export interface ObjectId {
  type: number;
  instance: number;
}

export const mostInstance = 0x3f_ffff;

/** `analog-input:3`, or with the number of a type of a maker's own: `142:3`. Undefined when it is neither. */
export function objectIdOf(text: string): ObjectId | undefined {
  const [word = '', instance = '', ...more] = text.split(':');
  const type = numbered(objectTypes, word, 1023);
  if (type === undefined || !/^\d{1,7}$/.test(instance) || more.length > 0) return undefined;
  return Number(instance) <= mostInstance ? { type, instance: Number(instance) } : undefined;
}

export const objectText = ({ type, instance }: ObjectId): string => `${typeNames.get(type) ?? type}:${instance}`;
export const propertyOf = (word: string): number | undefined => numbered(properties, word, 0x3f_ffff);
export const propertyText = (number: number): string => propertyNames.get(number) ?? String(number);
export const errorText = (code: number): string => errorCodes[code] ?? `error ${code}`;
export const rejectText = (reason: number): string => rejects[reason] ?? `reject ${reason}`;
export const abortText = (reason: number): string => aborts[reason] ?? `abort ${reason}`;

export const presentValue = 85;
export const statusFlags = 111;
export const objectList = 76;
export const objectName = 77;
export const deviceType = 8;

import { type FieldError, problem } from '@keystead/contracts/problem';
import { normalResidentId, residentIdFault } from './resident-id.ts';

export type FieldGroup = 'identity' | 'contact' | 'finance' | 'health' | 'biometric';

/** What personal data may be held at all. Anything else has no place to be stored in. */
export const fieldIds = [
  'resident-id',
  'birth-date',
  'phone',
  'email',
  'postal-address',
  'employer',
  'income',
  'assets',
  'housing',
  'bank-account',
  'health',
  'disability',
  'biometric-reference',
] as const;
export type FieldId = (typeof fieldIds)[number];

/** One value of a field; `slot` tells several of one field apart (home, work). Amounts are fen, dates YYYY-MM-DD. */
export interface FieldValue {
  readonly field: FieldId;
  readonly slot?: string;
  readonly value: string;
}

/** Why a field is held: registered before the first value, or there is no value. */
export interface Purpose {
  readonly purpose: string;
  /** `contract`, `law`, `consent`, … */
  readonly basis: string;
  readonly retentionYears: number;
}

export interface PersonalField {
  readonly id: FieldId;
  readonly group: FieldGroup;
  readonly mask: (value: string) => string;
  /** Code of what is wrong; undefined = nothing. */
  readonly fault: (value: string) => string | undefined;
  readonly normal: (value: string) => string;
  /** Found by equality. */
  readonly indexed: boolean;
  /** The purpose an organisation begins with; without one it has to register its own first. */
  readonly purpose?: Purpose;
  /** Asks for a consent of its own to this purpose. */
  readonly consent?: string;
}

/** No purpose is registered for the field, or it has ended: it cannot be collected (H-11.3-e-1). */
export class PurposeMissing extends problem('purpose-missing', 422) {}
/** The field asks for a separate consent that is not there (H-11.3-e-2). */
export class ConsentMissing extends problem('consent-missing', 422) {}
export class FieldNeverShown extends problem('field-never-shown', 403) {}
export class PersonalFieldInvalid extends problem('personal-field-invalid', 422) {}

const text = (most: number) => (value: string) =>
  value.trim() === '' ? 'required' : value.length > most ? 'too-long' : undefined;
const pattern = (form: RegExp, code: string) => (value: string) => (form.test(value) ? undefined : code);
const trimmed = (value: string) => value.trim();
const hidden = () => '***';
const ends = (head: number, tail: number) => (value: string) =>
  value.length <= head + tail
    ? '***'
    : `${value.slice(0, head)}${'*'.repeat(value.length - head - tail)}${value.slice(-tail)}`;
const amount = pattern(/^\d{1,15}$/, 'amount');

const housing = { purpose: 'housing-eligibility', basis: 'law', retentionYears: 5 };
const tenancy = { purpose: 'tenancy', basis: 'contract', retentionYears: 5 };
const care = { purpose: 'special-care', basis: 'consent', retentionYears: 3 };

const plain = { indexed: false, normal: trimmed };

export const personalFields: Readonly<Record<FieldId, PersonalField>> = {
  'resident-id': {
    id: 'resident-id',
    group: 'identity',
    mask: ends(3, 4),
    fault: residentIdFault,
    normal: normalResidentId,
    indexed: true,
    purpose: housing,
  },
  'birth-date': {
    ...plain,
    id: 'birth-date',
    group: 'identity',
    mask: (value) => `${value.slice(0, 4)}-**-**`,
    fault: pattern(/^\d{4}-\d\d-\d\d$/, 'date'),
    purpose: housing,
  },
  phone: {
    id: 'phone',
    group: 'contact',
    mask: ends(3, 4),
    fault: pattern(/^\+?\d[\d-]{4,18}\d$/, 'phone'),
    normal: (value) => value.replace(/[\s-]/g, ''),
    indexed: true,
    purpose: tenancy,
  },
  email: {
    id: 'email',
    group: 'contact',
    mask: (value) => `${value.slice(0, 1)}***${value.slice(value.indexOf('@'))}`,
    fault: pattern(/^[^\s@]{1,64}@[^\s@]{1,190}$/, 'email'),
    normal: (value) => value.trim().toLowerCase(),
    indexed: true,
    purpose: tenancy,
  },
  'postal-address': {
    ...plain,
    id: 'postal-address',
    group: 'contact',
    mask: (value) => `${[...value].slice(0, 6).join('')}***`,
    fault: text(200),
    purpose: tenancy,
  },
  employer: { ...plain, id: 'employer', group: 'finance', mask: hidden, fault: text(200), purpose: housing },
  income: { ...plain, id: 'income', group: 'finance', mask: hidden, fault: amount, purpose: housing },
  assets: { ...plain, id: 'assets', group: 'finance', mask: hidden, fault: amount, purpose: housing },
  housing: { ...plain, id: 'housing', group: 'finance', mask: hidden, fault: text(500), purpose: housing },
  'bank-account': {
    ...plain,
    id: 'bank-account',
    group: 'finance',
    mask: ends(0, 4),
    fault: pattern(/^\d{8,30}$/, 'account'),
  },
  health: { ...plain, id: 'health', group: 'health', mask: hidden, fault: text(1000), purpose: care },
  disability: { ...plain, id: 'disability', group: 'health', mask: hidden, fault: text(200), purpose: care },
  'biometric-reference': {
    ...plain,
    id: 'biometric-reference',
    group: 'biometric',
    mask: hidden,
    fault: text(500),
    purpose: { purpose: 'biometric-key', basis: 'consent', retentionYears: 1 },
    consent: 'biometric-key',
  },
};

export const isFieldId = (id: string): id is FieldId => Object.hasOwn(personalFields, id);

/** Values in the form they are stored in; throws PersonalFieldInvalid naming every fault. */
export function checkedValues(values: readonly FieldValue[]): Required<FieldValue>[] {
  const errors: FieldError[] = [];
  const checked = values.map(({ field, slot = '', value }, index) => {
    const spec = personalFields[field];
    const normal = spec.normal(value);
    const code = spec.fault(normal);
    if (code) errors.push({ pointer: `/fields/${index}/value`, code });
    return { field, slot, value: normal };
  });
  if (errors.length > 0) throw new PersonalFieldInvalid({}, errors);
  return checked;
}

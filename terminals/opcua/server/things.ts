/** A thing as the server shows it: an object with variables and methods. */
export interface ExposedThing {
  /** Part of the node's identifier; does not change. */
  code: string;
  name: string;
  properties: readonly ExposedProperty[];
  services?: readonly ExposedService[];
}

export type ExposedType = 'number' | 'integer' | 'boolean' | 'string';

export interface ExposedProperty {
  name: string;
  title?: string;
  type: ExposedType;
  /** As text, told in the description. */
  unit?: string;
  writable?: boolean;
}

export interface ExposedService {
  name: string;
  inputs: readonly { name: string; type: ExposedType }[];
}

/** Values of a thing at one time. */
export interface ExposedValues {
  /** Event time, µs since 1970; absent = now. */
  time?: number;
  values: Readonly<Record<string, unknown>>;
}

/** Types of ours by their number in the protocol: Double, Int64, Boolean, String. */
export const typeNumbers: Readonly<Record<ExposedType, number>> = { number: 11, integer: 8, boolean: 1, string: 12 };

/** The identifier of a node in the server's own namespace: `code`, `code.property` or `code.service()`. */
export const nodeOf = (code: string, part?: string): string => (part === undefined ? `s=${code}` : `s=${code}.${part}`);

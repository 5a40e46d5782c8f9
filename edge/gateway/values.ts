import type { Property } from '@keystead/contracts/thing-model';

/** The value as stored: a number, or a text; undefined when the property's type does not allow it. */
export function convertValue(property: Property, raw: unknown): number | string | undefined {
  switch (property.type) {
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) ? raw : undefined;
    case 'integer':
      return typeof raw === 'number' && Number.isSafeInteger(raw) ? raw : undefined;
    case 'boolean':
      return typeof raw === 'boolean' ? Number(raw) : undefined;
    case 'enum': {
      const at = property.values?.findIndex(({ value }) => value === raw) ?? -1;
      return at < 0 ? undefined : at;
    }
    case 'string':
      return typeof raw === 'string' ? raw : undefined;
    case 'json':
      return raw === undefined ? undefined : JSON.stringify(raw);
  }
}

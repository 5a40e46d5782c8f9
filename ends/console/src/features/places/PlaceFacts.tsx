import { KeyValue } from '@keystead/ui/facts';
import { quantity } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { attributeFields, type FieldType } from './kinds.tsx';
import type { Place } from './queries.ts';

/** Attributes and identity of a place. */
export function PlaceFacts({ place }: { place: Place }) {
  const t = useT();
  const shown = (type: FieldType, value: unknown) => {
    if (value === undefined || value === null) return null;
    if (type === 'yes') return t(value === true ? 'places.yes' : 'places.no');
    if (type === 'climate') return t(`places.climate.${String(value)}`);
    return type === 'number' && typeof value === 'number' ? quantity(value) : String(value);
  };
  const custom = Object.entries((place.attributes.custom ?? {}) as Record<string, unknown>);
  return (
    <KeyValue
      facts={[
        { key: 'code', label: t('places.code'), value: place.code },
        { key: 'path', label: t('places.path'), value: place.path },
        { key: 'division', label: t('places.divisionCode'), value: place.divisionCode },
        { key: 'order', label: t('places.order'), value: place.order },
        ...attributeFields(place.kind).map(([name, type]) => ({
          key: name,
          label: t(`places.field.${name}`),
          value: shown(type, place.attributes[name]),
        })),
        ...custom.map(([name, value]) => ({ key: `custom-${name}`, label: name, value: String(value) })),
      ]}
    />
  );
}

import { useT } from '@keystead/ui/i18n';
import { Select } from 'antd';
import { useState } from 'react';
import { useThingOf, useThingSearch } from './queries.ts';

interface ThingPickProps {
  id?: string;
  value?: string | undefined;
  placeholder?: string;
  onChange?(thing: string | undefined): void;
}

/** Choosing a thing by a part of its name or code. */
export function ThingPick({ id, value, placeholder, onChange }: ThingPickProps) {
  const t = useT();
  const [text, setText] = useState('');
  const found = useThingSearch(text);
  const chosen = useThingOf(value);
  const named = placeholder ?? t('commands.thing');
  // Until the answer is there, only what fits is left of the list before: nothing moves away below the pointer.
  const sought = found.isPlaceholderData ? text.trim().toLowerCase() : '';
  const rows = (found.data?.items ?? []).filter(({ name, code }) => `${name}\n${code}`.toLowerCase().includes(sought));
  const shown = chosen.data && !rows.some((row) => row.id === chosen.data.id) ? [chosen.data, ...rows] : rows;
  return (
    <Select
      {...(id ? { id } : { 'aria-label': named })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={named}
      value={value}
      onChange={(thing: string | undefined) => onChange?.(thing)}
      options={shown.map((each) => ({ value: each.id, label: `${each.name} · ${each.code}` }))}
    />
  );
}

import { useT } from '@keystead/ui/i18n';
import { Select } from 'antd';
import { useState } from 'react';
import { useLease, useLeases } from './queries.ts';

interface LeaseChoiceProps {
  id?: string;
  value?: string;
  onChange?(id: string | undefined): void;
}

/** Choosing a lease by typing a part of its code or of a party's name. */
export function LeaseChoice({ id, value, onChange }: LeaseChoiceProps) {
  const t = useT();
  const [text, setText] = useState('');
  const found = useLeases({ ...(text && { text }) });
  const rows = found.data?.pages[0] ?? [];
  const missing = value !== undefined && !rows.some((row) => row.id === value);
  const chosen = useLease(missing ? value : '');
  const nameOf = (row: { code: string; parties: readonly { role: string; name: string }[] }) =>
    `${row.code} · ${row.parties.find(({ role }) => role === 'tenant')?.name ?? ''}`;
  const options = [...rows, ...(missing && chosen.data ? [chosen.data] : [])].map((row) => ({
    value: row.id,
    label: nameOf(row),
  }));
  return (
    <Select<string | undefined>
      {...(id ? { id } : {})}
      allowClear
      style={{ width: '100%' }}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={t('rent.searchLease')}
      aria-label={t('rent.lease')}
      value={value}
      onChange={(next) => onChange?.(next)}
      options={options}
    />
  );
}

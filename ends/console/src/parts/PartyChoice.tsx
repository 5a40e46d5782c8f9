import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { sdk } from '../shell/sdk.ts';

interface PartyChoiceProps {
  kind: 'household' | 'organisation' | 'person';
  id?: string;
  value?: string;
  placeholder?: string;
  onChange?(id: string | undefined): void;
}

/** Choosing a household, an organisation or a person by typing a part of the name. */
export function PartyChoice({ kind, id, value, placeholder, onChange }: PartyChoiceProps) {
  const t = useT();
  const [text, setText] = useState('');
  const found = useQuery({
    queryKey: ['parties', 'found', kind, text],
    queryFn: () => sdk.parties.list({ query: { kind, limit: 30, ...(text ? { text } : {}) } }),
    staleTime: 10_000,
  });
  const chosen = useQuery({
    queryKey: ['parties', 'one', value],
    queryFn: () => sdk.parties.get({ params: { id: value ?? '' } }),
    enabled: value !== undefined && !found.data?.items.some((each) => each.id === value),
    staleTime: 60_000,
    retry: false,
  });
  const parties = [...(found.data?.items ?? []), ...(chosen.data ? [chosen.data] : [])];
  const label = placeholder ?? t(`parts.party.${kind}`);
  return (
    <Select<string | undefined>
      {...(id ? { id } : {})}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={label}
      aria-label={label}
      notFoundContent={t('parts.noParty')}
      style={{ minWidth: 240 }}
      value={value}
      onChange={(next) => onChange?.(next)}
      options={parties.map((each) => ({ value: each.id, label: each.name }))}
    />
  );
}

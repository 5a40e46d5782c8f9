import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { sdk } from '../../../shell/sdk.ts';
import { usePlaceById } from '../queries.ts';

interface PlaceChoiceProps {
  value?: string | undefined;
  onChange?(id: string | undefined): void;
  width?: number | string;
}

/** Choosing a place by typing a part of its name or code. */
export function PlaceChoice({ value, onChange, width = 220 }: PlaceChoiceProps) {
  const t = useT();
  const [text, setText] = useState('');
  const chosen = usePlaceById(value);
  const found = useQuery({
    queryKey: ['places', 'found', text],
    queryFn: () => sdk.places.list({ query: { ...(text ? { text } : {}), limit: 30 } }),
    staleTime: 10_000,
  });
  const options = (found.data?.items ?? []).map((place) => ({
    value: place.id,
    label: `${place.name} · ${place.code}`,
  }));
  if (chosen.data && !options.some((option) => option.value === value))
    options.unshift({ value: chosen.data.id, label: `${chosen.data.name} · ${chosen.data.code}` });
  return (
    <Select
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={t('things.place')}
      aria-label={t('things.place')}
      style={{ width }}
      value={value}
      options={options}
      onChange={(id: string | undefined) => onChange?.(id)}
    />
  );
}

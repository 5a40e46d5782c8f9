import { useT } from '@keystead/ui/i18n';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { sdk } from '../../shell/sdk.ts';

const most = 200;

interface DeviceChoiceProps {
  id?: string;
  value?: string[];
  onChange?(things: string[]): void;
}

/** Devices one by one, found and shown by their names. */
export function DeviceChoice({ id, value = [], onChange }: DeviceChoiceProps) {
  const t = useT();
  const [text, setText] = useState('');
  const found = useQuery({
    queryKey: ['things', 'choose', text],
    queryFn: () => sdk.things.list({ query: { limit: 20, count: false, ...(text ? { text } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQueries({
    queries: value.slice(0, most).map((thing) => ({
      queryKey: ['things', 'one', thing],
      queryFn: () => sdk.things.get({ params: { id: thing } }),
      staleTime: 60_000,
    })),
  });
  const known = [...chosen.flatMap(({ data }) => data ?? []), ...(found.data?.items ?? [])];
  const options = new Map(known.map(({ id: thing, name, code }) => [thing, `${name} · ${code}`]));
  return (
    <Select
      {...(id ? { id } : {})}
      mode="multiple"
      maxCount={most}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={t('firmware.thingsHint')}
      value={value}
      onChange={(things: string[]) => onChange?.(things)}
      options={[...options].map(([thing, label]) => ({ value: thing, label }))}
    />
  );
}

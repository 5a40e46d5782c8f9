import { useT } from '@keystead/ui/i18n';
import { Select } from 'antd';
import { useState } from 'react';
import { useThings } from '../queries.ts';

/** Choosing a thing by typing a part of its code or name. */
export function ThingChoice({ value, onChange }: { value?: string; onChange?(id: string): void }) {
  const t = useT();
  const [text, setText] = useState('');
  const found = useThings(text ? { text } : {});
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={t('things.search')}
      value={value}
      onChange={onChange}
      options={found.data?.pages[0]?.items.map((thing) => ({
        value: thing.id,
        label: `${thing.name} · ${thing.code}`,
      }))}
    />
  );
}

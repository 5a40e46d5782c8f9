import { useT } from '@keystead/ui/i18n';
import { Form, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog, PartyChoice } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, useFreeHouses } from './queries.ts';

interface Filled {
  household: string;
  house: string;
}

/** Allocates a house to a household by hand, beside the plans. */
export function BeginDialog({ house, onClose }: { house: string | undefined; onClose(): void }) {
  const t = useT();
  const go = useNavigate();
  const [text, setText] = useState('');
  const free = useFreeHouses(text);
  return (
    <FormDialog<Filled, { id: string }>
      title={t('movein.begin')}
      {...(house ? { initial: { house } } : {})}
      stale={[all]}
      run={(body) => sdk.moveIns.begin({ body })}
      onDone={({ id }) => void go(`/move-ins/${id}`)}
      onClose={onClose}
    >
      <Form.Item name="household" label={t('movein.household')} rules={[{ required: true }]}>
        <PartyChoice kind="household" />
      </Form.Item>
      <Form.Item name="house" label={t('movein.house')} extra={t('movein.houseHint')} rules={[{ required: true }]}>
        <Select
          showSearch={{ filterOption: false, onSearch: setText }}
          loading={free.isFetching}
          notFoundContent={t('movein.noFreeHouse')}
          options={free.data?.items.map((each) => ({ value: each.id, label: `${each.name} · ${each.code}` })) ?? []}
        />
      </Form.Item>
    </FormDialog>
  );
}

import { useT } from '@keystead/ui/i18n';
import { Form, Select } from 'antd';
import { useState } from 'react';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, type PlanFile, useWaiting } from './queries.ts';

/** Households that said at the counter that they want a house of the plan. */
export function IntendDialog({ file, onClose }: { file: PlanFile; onClose(): void }) {
  const t = useT();
  const [text, setText] = useState('');
  const found = useWaiting({ state: 'waiting', ...(text ? { text } : {}) });
  const known = new Set(file.intents.map(({ entry }) => entry));
  const entries = found.data?.pages.flat().filter(({ id }) => !known.has(id)) ?? [];
  return (
    <FormDialog<{ entries: string[] }>
      title={t('allocation.intend')}
      stale={[all]}
      run={async ({ entries }) => {
        for (const entry of entries) await sdk.allocation.intend({ params: { id: file.plan.id, entry } });
      }}
      onClose={onClose}
    >
      <Form.Item name="entries" label={t('allocation.entries')} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          showSearch={{ filterOption: false, onSearch: setText }}
          loading={found.isFetching}
          notFoundContent={t('allocation.emptyWaiting')}
          options={entries.map(({ id, code, householdName, position }) => ({
            value: id,
            label: `${position ?? '—'} · ${code} · ${householdName}`,
          }))}
        />
      </Form.Item>
    </FormDialog>
  );
}

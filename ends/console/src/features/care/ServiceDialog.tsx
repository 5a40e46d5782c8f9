import { useT } from '@keystead/ui/i18n';
import { Form, Input, Select } from 'antd';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { serviceKinds } from './queries.ts';

interface Fields {
  kind: (typeof serviceKinds)[number];
  note?: string;
}

/** A line of the ledger; lines are only ever added. */
export function ServiceDialog({ person, onClose }: { person: string; onClose(): void }) {
  const t = useT();
  return (
    <FormDialog<Fields>
      title={t('care.addService')}
      initial={{ kind: 'call' }}
      stale={[['care']]}
      run={({ kind, note }) =>
        sdk.care.serve({ body: { person, kind, ...(note?.trim() ? { note: note.trim() } : {}) } })
      }
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('care.service')}>
        <Select options={serviceKinds.map((value) => ({ value, label: t(`care.services.${value}`) }))} />
      </Form.Item>
      <Form.Item name="note" label={t('care.note')}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}

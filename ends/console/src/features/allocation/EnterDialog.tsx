import { useT } from '@keystead/ui/i18n';
import { Form, Input } from 'antd';
import { CategoryChoice, FormDialog, PartyChoice, SiteTimeField } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, type Entry } from './queries.ts';

interface Filled {
  household: string;
  category: Entry['category'];
  since?: string;
  reason: string;
}

/** Puts a household on the list by hand, such as one that waits since before the platform. */
export function EnterDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  return (
    <FormDialog<Filled>
      title={t('allocation.enter')}
      initial={{ category: 'general' }}
      stale={[all]}
      run={({ since, ...wish }) => sdk.allocation.enter({ body: { ...wish, ...(since ? { since } : {}) } })}
      onClose={onClose}
    >
      <Form.Item name="household" label={t('allocation.household')} rules={[{ required: true }]}>
        <PartyChoice kind="household" />
      </Form.Item>
      <Form.Item name="category" label={t('allocation.category')} rules={[{ required: true }]}>
        <CategoryChoice />
      </Form.Item>
      <Form.Item name="since" label={t('allocation.since')} extra={t('allocation.sinceHint')}>
        <SiteTimeField />
      </Form.Item>
      <Form.Item name="reason" label={t('allocation.reason')} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

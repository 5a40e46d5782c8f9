import { useT } from '@keystead/ui/i18n';
import { Form, Input, Select, Switch } from 'antd';
import { sdk } from '../../shell/sdk.ts';
import { FormDialog } from './FormDialog.tsx';
import type { Notice } from './queries.ts';

interface Delivery {
  delivered: boolean;
  how: string;
}
interface PauseWish {
  reason: 'hardship' | 'objection' | 'hospital' | 'other';
  note?: string;
  untilDay: string;
}

/** How a call, a letter or a talk ended. */
export function DeliveryDialog({ notice, onClose }: { notice: Notice; onClose(): void }) {
  const t = useT();
  return (
    <FormDialog<Delivery>
      title={t('rent.delivery')}
      initial={{ delivered: true }}
      run={(body) => sdk.dunning.deliver({ params: { id: notice.id }, body })}
      onClose={onClose}
    >
      <Form.Item name="delivered" label={t('rent.delivered')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="how" label={t('rent.how')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

/** Holds reminders of the lease back until a day, for a reason that stays on record. */
export function PauseDialog({ notice, onClose }: { notice: Notice; onClose(): void }) {
  const t = useT();
  return (
    <FormDialog<PauseWish>
      title={t('rent.pause')}
      initial={{ reason: 'hardship' }}
      run={({ note = '', ...body }) => sdk.dunning.pause({ body: { agreement: notice.agreement, note, ...body } })}
      onClose={onClose}
    >
      <Form.Item name="reason" label={t('rent.reason')}>
        <Select
          options={(['hardship', 'objection', 'hospital', 'other'] as const).map((value) => ({
            value,
            label: t(`rent.pauses.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('rent.note')}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="untilDay" label={t('rent.until')} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  );
}

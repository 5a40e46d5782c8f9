import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Form, Input, InputNumber, Select, Space } from 'antd';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';

type Plan = Parameters<typeof sdk.care.plan>[0]['body'];
type Cycle = Plan['recurrence']['every'];
interface Fields {
  worker: string;
  every: Cycle;
  interval: number;
  from: string;
}

const cycles: readonly Cycle[] = ['day', 'week', 'month', 'quarter'];

/** Who visits somebody, how often and from when on; a day that is free is made up for on the next working day. */
export function PlanDialog({ person, onClose }: { person: string; onClose(): void }) {
  const t = useT();
  const rules = [{ required: true, whitespace: true }];
  return (
    <FormDialog<Fields>
      title={t('care.addPlan')}
      initial={{ every: 'week', interval: 1, from: dateTime(new Date()).slice(0, 10) }}
      stale={[['care']]}
      run={({ worker, ...recurrence }) => sdk.care.plan({ body: { person, worker: worker.trim(), recurrence } })}
      onClose={onClose}
    >
      <Form.Item name="worker" label={t('care.worker')} rules={rules}>
        <Input maxLength={80} />
      </Form.Item>
      <Space size={16}>
        <Form.Item name="interval" label={t('care.interval')} rules={[{ required: true }]}>
          <InputNumber min={1} max={60} precision={0} />
        </Form.Item>
        <Form.Item name="every" label={t('care.unit')}>
          <Select
            style={{ width: 120 }}
            options={cycles.map((value) => ({ value, label: t(`care.units.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t('care.since')} rules={rules}>
          <Input type="date" />
        </Form.Item>
      </Space>
    </FormDialog>
  );
}

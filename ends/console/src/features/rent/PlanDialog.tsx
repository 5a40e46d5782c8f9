import { siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, InputNumber, Table, Typography } from 'antd';
import { money } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { FormDialog } from './FormDialog.tsx';
import { equalParts } from './instalments.ts';
import { rentKey } from './queries.ts';

interface Filled {
  count: number;
  first: string;
  reason: string;
}

const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '');

/** Agrees with a tenant to pay what is late in equal parts; how they fall is shown before. */
export function PlanDialog({ agreement, code, onClose }: { agreement: string; code: string; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const filled = Form.useWatch([], form) as Partial<Filled> | undefined;
  const late = useQuery({
    queryKey: [...rentKey, 'late', agreement],
    queryFn: () => sdk.bills.lines({ query: { agreement, state: 'late', limit: 200 } }),
  });
  const owed = (late.data ?? []).reduce((sum, line) => sum + line.amount - line.settled - line.waived, 0);
  const parts = (of: Partial<Filled> | undefined) =>
    owed > 0 && of?.count && isDay(of.first) ? equalParts(owed, of.count, of.first) : [];
  return (
    <FormDialog<Filled>
      title={`${t('rent.plan.make')} · ${code}`}
      form={form}
      initial={{ count: 3, first: siteDate(7) }}
      run={({ reason, ...of }) => sdk.paymentPlans.make({ body: { agreement, reason, instalments: parts(of) } })}
      onClose={onClose}
    >
      {late.error ? <Alert type="error" showIcon title={said(late.error)} style={{ marginBottom: 12 }} /> : null}
      <Typography.Paragraph>
        {t('rent.plan.owed')} <strong>{money(owed)}</strong>
      </Typography.Paragraph>
      <Form.Item name="count" label={t('rent.plan.count')} rules={[{ required: true }]}>
        <InputNumber min={1} max={24} precision={0} />
      </Form.Item>
      <Form.Item name="first" label={t('rent.plan.first')} rules={[{ required: true }]}>
        <Input type="date" style={{ width: 180 }} />
      </Form.Item>
      <Form.Item name="reason" label={t('rent.plan.reason')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={500} placeholder={t('rent.plan.reasonHint')} />
      </Form.Item>
      <Table
        size="small"
        pagination={false}
        dataSource={parts(filled)}
        rowKey={(row) => row.dueOn}
        scroll={{ y: 200 }}
        columns={[
          { title: t('rent.dueOn'), render: (_, row) => row.dueOn },
          { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
        ]}
      />
    </FormDialog>
  );
}

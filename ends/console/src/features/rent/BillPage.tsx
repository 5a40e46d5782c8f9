import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Form, Input, InputNumber, Skeleton, Switch, Table, Typography } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { minorOf, money, NameText } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { BillTag } from './bill-columns.tsx';
import { FormDialog } from './FormDialog.tsx';
import { useSubjectName } from './names.ts';
import { useBill } from './queries.ts';

interface Reversal {
  reason: string;
  reissue: boolean;
}
interface Waiver {
  amount: number;
  reason: string;
}

/** One bill as it was issued, with what was paid of each line. */
export default function BillPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { may } = useSession();
  const nameOf = useSubjectName();
  const { data: bill, error } = useBill(id);
  const [reversing, setReversing] = useState(false);
  const [waiving, setWaiving] = useState<{ charge: string; open: number }>();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!bill) return <Skeleton active />;
  const params = { id };
  const adjustable = may('bill:adjust') && !bill.reversedAt;
  const reason = (
    <Form.Item name="reason" label={t('rent.reason')} rules={[{ required: true, whitespace: true }]}>
      <Input maxLength={500} />
    </Form.Item>
  );
  return (
    <Flex vertical gap={16}>
      <Flex align="center" gap={12} wrap>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('rent.bill')} {bill.number}
        </Typography.Title>
        <BillTag row={bill} t={t} />
        {adjustable ? <Button onClick={() => setReversing(true)}>{t('rent.reverse')}</Button> : null}
      </Flex>
      {bill.reversedAt ? (
        <Alert
          type="warning"
          showIcon
          title={`${t('rent.reversedAt')} ${dateTime(bill.reversedAt)} · ${bill.reverseReason ?? ''}`}
        />
      ) : null}
      <Card size="small">
        <KeyValue
          columns={3}
          facts={[
            { key: 'lease', label: t('rent.lease'), value: <Link to={`/leases/${bill.agreement}`}>{bill.code}</Link> },
            {
              key: 'tenant',
              label: t('rent.tenant'),
              value: bill.tenant && <NameText party={bill.party} name={bill.tenant} />,
            },
            { key: 'house', label: t('rent.house'), value: bill.houseName },
            { key: 'period', label: t('rent.period'), value: `${bill.period} · ${bill.revision}` },
            { key: 'due', label: t('rent.dueOn'), value: bill.dueOn },
            { key: 'amount', label: t('rent.amount'), value: money(bill.amount) },
            { key: 'settled', label: t('rent.settled'), value: money(bill.settled) },
            { key: 'waived', label: t('rent.waived'), value: money(bill.waived) },
            {
              key: 'replaces',
              label: t('rent.replaces'),
              value: bill.replaces ? <Link to={`/bills/${bill.replaces}`}>{t('rent.bill')}</Link> : null,
            },
          ]}
        />
      </Card>
      <Table
        size="small"
        pagination={false}
        dataSource={bill.lines}
        rowKey={(row) => row.id}
        columns={[
          { title: t('rent.subject'), render: (_, row) => nameOf(row.subject) },
          { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
          { title: t('rent.settled'), align: 'right', render: (_, row) => money(row.settled) },
          { title: t('rent.waived'), align: 'right', render: (_, row) => money(row.waived) },
          {
            title: '',
            width: 100,
            render: (_, row) => {
              const open = row.amount - row.settled - row.waived;
              return adjustable && open > 0 ? (
                <Button size="small" onClick={() => setWaiving({ charge: row.id, open })}>
                  {t('rent.waive')}
                </Button>
              ) : null;
            },
          },
        ]}
      />
      {reversing ? (
        <FormDialog<Reversal>
          title={t('rent.reverse')}
          initial={{ reissue: true }}
          run={(body) => sdk.bills.reverse({ params, body })}
          onClose={() => setReversing(false)}
        >
          {reason}
          <Form.Item name="reissue" label={t('rent.reissue')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </FormDialog>
      ) : null}
      {waiving ? (
        <FormDialog<Waiver>
          title={t('rent.waive')}
          initial={{ amount: waiving.open / 100 }}
          run={({ amount, reason }) =>
            sdk.bills.waive({ params, body: { charge: waiving.charge, amount: minorOf(amount), reason } })
          }
          onClose={() => setWaiving(undefined)}
        >
          <Form.Item name="amount" label={t('rent.amount')} rules={[{ required: true }]}>
            <InputNumber min={0.01} max={waiving.open / 100} precision={2} style={{ width: 200 }} />
          </Form.Item>
          {reason}
        </FormDialog>
      ) : null}
    </Flex>
  );
}

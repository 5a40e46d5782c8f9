import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Form, Input, InputNumber, Select, Table, Tabs, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { minorOf, money, useAddress, useDownload } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { Channels } from './Channels.tsx';
import { FormDialog } from './FormDialog.tsx';
import { LeaseChoice } from './LeaseChoice.tsx';
import { usePayments } from './queries.ts';
import { Reconciliations } from './Reconciliations.tsx';
import { Refunds } from './Refunds.tsx';
import { Vouchers } from './Vouchers.tsx';

interface Filled {
  agreement: string;
  channel: 'cash' | 'pos' | 'bank';
  reference: string;
  amount: number;
}

function Payments() {
  const t = useT();
  const { may } = useSession();
  const list = usePayments();
  const { busy, download } = useDownload();
  const [taking, setTaking] = useState(false);
  const run = ({ amount, ...rest }: Filled) =>
    sdk.payments.take({ body: { ...rest, amount: minorOf(amount), paidAt: new Date().toISOString() } });
  return (
    <Flex vertical gap={12}>
      {may('payment:take') ? (
        <Button type="primary" style={{ alignSelf: 'flex-start' }} onClick={() => setTaking(true)}>
          {t('rent.take')}
        </Button>
      ) : null}
      <Table
        size="small"
        loading={list.isPending}
        dataSource={list.data}
        rowKey={(row) => row.id}
        columns={[
          { title: t('rent.at'), render: (_, row) => dateTime(row.paidAt) },
          { title: t('rent.channel'), render: (_, row) => t(`rent.channels.${row.channel}`) },
          { title: t('rent.reference'), render: (_, row) => row.reference },
          { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
          {
            title: t('rent.lease'),
            render: (_, row) => <Link to={`/leases/${row.agreement}?tab=bills`}>{t('rent.open')}</Link>,
          },
          {
            title: t('rent.receipt'),
            render: (_, row) => (
              <Button
                size="small"
                type="link"
                disabled={busy}
                onClick={() =>
                  void download(`receipt-${row.reference}.pdf`, () => sdk.contracts.receipt({ params: { id: row.id } }))
                }
              >
                PDF
              </Button>
            ),
          },
        ]}
      />
      {taking ? (
        <FormDialog<Filled>
          title={t('rent.take')}
          initial={{ channel: 'cash' }}
          run={run}
          onClose={() => setTaking(false)}
        >
          <Form.Item name="agreement" label={t('rent.lease')} rules={[{ required: true }]}>
            <LeaseChoice />
          </Form.Item>
          <Form.Item name="channel" label={t('rent.channel')}>
            <Select
              options={(['cash', 'pos', 'bank'] as const).map((value) => ({
                value,
                label: t(`rent.channels.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="reference" label={t('rent.reference')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="amount" label={t('rent.amount')} rules={[{ required: true }]}>
            <InputNumber min={0.01} precision={2} style={{ width: 200 }} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Flex>
  );
}

/** Money that came in, and each day of a channel against the channel's own file. */
export default function PaymentsPage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('rent.payments')}
      </Typography.Title>
      <Tabs
        activeKey={get('tab') ?? 'payments'}
        onChange={(tab) => put({ tab })}
        items={[
          { key: 'payments', label: t('rent.payments'), children: <Payments /> },
          { key: 'days', label: t('rent.reconciliation'), children: <Reconciliations /> },
          { key: 'refunds', label: t('rent.refunds'), children: <Refunds /> },
          { key: 'channels', label: t('rent.channelSettings'), children: <Channels /> },
          ...(may('ledger:read') ? [{ key: 'vouchers', label: t('rent.voucher.name'), children: <Vouchers /> }] : []),
        ]}
      />
    </Flex>
  );
}

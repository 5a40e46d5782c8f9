import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, InputNumber, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { minorOf, money } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { LeaseChoice } from './LeaseChoice.tsx';
import { type ChannelRefund, useChannelRefunds } from './queries.ts';

interface Filled {
  agreement: string;
  channel: 'cash' | 'bank';
  amount: number;
  reference: string;
  reason: string;
}

const colours: Record<ChannelRefund['state'], string> = { asked: 'processing', done: 'success', failed: 'error' };

/** Prepaid money that went back: by the desk or a transfer at once, by the channel it came by once that has done it. */
export function Refunds() {
  const t = useT();
  const { may } = useSession();
  const { data, error, isPending } = useChannelRefunds();
  const [giving, setGiving] = useState(false);
  const required = [{ required: true, whitespace: true }];
  return (
    <Flex vertical gap={12}>
      {may('payment:refund') ? (
        <Button type="primary" style={{ alignSelf: 'flex-start' }} onClick={() => setGiving(true)}>
          {t('rent.refund')}
        </Button>
      ) : null}
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <Table<ChannelRefund>
        size="small"
        loading={isPending}
        dataSource={data}
        rowKey={(row) => row.id}
        locale={{ emptyText: t('rent.noRefund') }}
        columns={[
          { title: t('rent.at'), width: 170, render: (_, row) => dateTime(row.askedAt) },
          { title: t('rent.number'), render: (_, row) => row.number },
          { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
          { title: t('rent.reason'), render: (_, row) => row.reason },
          { title: t('rent.who'), render: (_, row) => row.actorName },
          {
            title: t('rent.state'),
            render: (_, row) => <Tag color={colours[row.state]}>{t(`rent.refundStates.${row.state}`)}</Tag>,
          },
          {
            title: t('rent.lease'),
            render: (_, row) => <Link to={`/leases/${row.agreement}?tab=bills`}>{t('rent.open')}</Link>,
          },
        ]}
      />
      {giving ? (
        <FormDialog<Filled>
          title={t('rent.refund')}
          initial={{ channel: 'bank' }}
          run={({ amount, ...body }) => sdk.payments.refund({ body: { ...body, amount: minorOf(amount) } })}
          onClose={() => setGiving(false)}
        >
          <Alert type="info" showIcon title={t('rent.refundNote')} style={{ marginBottom: 12 }} />
          <Form.Item name="agreement" label={t('rent.lease')} rules={[{ required: true }]}>
            <LeaseChoice />
          </Form.Item>
          <Form.Item name="channel" label={t('rent.channel')}>
            <Select
              options={(['bank', 'cash'] as const).map((value) => ({ value, label: t(`rent.channels.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="amount" label={t('rent.amount')} rules={[{ required: true }]}>
            <InputNumber min={0.01} precision={2} style={{ width: 200 }} />
          </Form.Item>
          <Form.Item name="reference" label={t('rent.reference')} rules={required}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="reason" label={t('rent.reason')} rules={required}>
            <Input maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Flex>
  );
}

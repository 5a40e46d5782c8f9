import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Badge, Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  ExportButton,
  minorOf,
  money,
  NameText,
  oneOf,
  TabbedPage,
  useAddress,
  useDownload,
} from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { Channels } from './Channels.tsx';
import { FormDialog } from './FormDialog.tsx';
import { LeaseChoice } from './LeaseChoice.tsx';
import { ListFilters } from './ListFilters.tsx';
import { pagedList } from './paged-list.ts';
import { type Payment, usePayments, useRefunds } from './queries.ts';
import { Reconciliations } from './Reconciliations.tsx';
import { Refunds } from './Refunds.tsx';
import { Vouchers } from './Vouchers.tsx';

const channels = ['cash', 'pos', 'bank', 'wechat', 'alipay'] as const;
/** What a tab asks of the address means nothing to the others. */
const forget = ['state', 'place', 'channel', 'kind', 'period'];

interface Filled {
  agreement: string;
  channel: 'cash' | 'pos' | 'bank';
  reference: string;
  amount: number;
}

function Payments() {
  const t = useT();
  const { may } = useSession();
  const { get } = useAddress();
  const [channel, place] = [oneOf(channels, get('channel')), get('place')];
  const filter = { ...(channel && { channel }), ...(place && { place }) };
  const list = usePayments(filter);
  const { busy, download } = useDownload();
  const [taking, setTaking] = useState(false);
  const run = ({ amount, ...rest }: Filled) =>
    sdk.payments.take({ body: { ...rest, amount: minorOf(amount), paidAt: new Date().toISOString() } });
  return (
    <>
      <ListPage<Payment>
        actions={
          <>
            <ExportButton
              name={t('rent.payments')}
              ask={(format) => sdk.payments.export({ query: { ...filter, format } })}
            />
            {may('payment:take') ? (
              <Button type="primary" onClick={() => setTaking(true)}>
                {t('rent.take')}
              </Button>
            ) : null}
          </>
        }
        query={
          <ListFilters
            choices={[
              {
                ...{ name: 'channel', label: t('rent.channel'), options: channels },
                word: (each) => t(`rent.channels.${each}`),
              },
            ]}
          />
        }
        {...pagedList(list)}
        rowKey={(row) => row.id}
        empty={t(channel || place ? 'rent.noMatch' : 'rent.noPayment')}
        columns={[
          { title: t('rent.at'), width: 170, render: (_, row) => dateTime(row.paidAt) },
          {
            title: t('rent.lease'),
            render: (_, row) => <Link to={`/leases/${row.agreement}?tab=bills`}>{row.code || t('rent.open')}</Link>,
          },
          { title: t('rent.tenant'), render: (_, row) => <NameText party={row.party} name={row.tenant || '—'} /> },
          { title: t('rent.channel'), render: (_, row) => t(`rent.channels.${row.channel}`) },
          { title: t('rent.reference'), render: (_, row) => row.reference },
          { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
          {
            title: t('rent.receipt'),
            width: 90,
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
    </>
  );
}

/** How many refunds wait for whoever looks to confirm them. */
function RefundsLabel() {
  const t = useT();
  const { may } = useSession();
  const waiting = useRefunds({ state: 'waiting' }).data?.pages.flat() ?? [];
  const mine = may('payment:confirm') ? waiting.filter(({ own }) => !own).length : 0;
  return (
    <Badge
      size="small"
      count={mine}
      overflowCount={49}
      offset={[8, -2]}
      title={t('rent.refunding.waiting', { count: mine })}
    >
      {t('rent.refunds')}
    </Badge>
  );
}

/** Money that came in, and each day of a channel against the channel's own file. */
export default function PaymentsPage() {
  const t = useT();
  const { may } = useSession();
  return (
    <TabbedPage
      title={t('rent.payments')}
      forget={forget}
      tabs={[
        { key: 'payments', label: t('rent.payments'), children: <Payments /> },
        { key: 'days', label: t('rent.reconciliation'), children: <Reconciliations /> },
        { key: 'refunds', label: <RefundsLabel />, children: <Refunds /> },
        { key: 'channels', label: t('rent.channelSettings'), children: <Channels /> },
        ...(may('ledger:read') ? [{ key: 'vouchers', label: t('rent.voucher.name'), children: <Vouchers /> }] : []),
      ]}
    />
  );
}

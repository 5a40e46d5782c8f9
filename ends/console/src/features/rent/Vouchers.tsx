import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Flex, Input, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { money } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useClosings, useRentChange, useVouchers } from './queries.ts';

const month = /^\d{4}-(0[1-9]|1[0-2])$/;
const id = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** Vouchers by month and tenant, and closing the month. */
export function Vouchers() {
  const t = useT();
  const { may } = useSession();
  const { message, modal } = App.useApp();
  const [period, setPeriod] = useState('');
  const [party, setParty] = useState('');
  const known = { ...(month.test(period) && { period }), ...(id.test(party) && { party }) };
  const list = useVouchers(known);
  const closed = useClosings().data?.find((each) => each.period === period);
  const close = useRentChange((wish: string) => sdk.ledger.close({ body: { period: wish } }));
  const ask = () =>
    modal.confirm({
      title: t('rent.voucher.close'),
      content: t('rent.voucher.closeAsk'),
      onOk: () => close.mutateAsync(period).catch((cause: unknown) => void message.error(said(cause))),
    });
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap align="center">
        <Input
          style={{ width: 140 }}
          placeholder={t('rent.voucher.period')}
          maxLength={7}
          value={period}
          onChange={(event) => setPeriod(event.target.value.trim())}
        />
        <Input
          style={{ width: 320 }}
          placeholder={t('rent.voucher.tenant')}
          maxLength={36}
          value={party}
          onChange={(event) => setParty(event.target.value.trim())}
        />
        {closed ? <Tag color="success">{`${t('rent.voucher.closed')} ${dateTime(closed.at)}`}</Tag> : null}
        {may('ledger:close') && month.test(period) && !closed ? (
          <Button loading={close.isPending} onClick={ask}>
            {t('rent.voucher.close')}
          </Button>
        ) : null}
      </Flex>
      <Table
        size="small"
        loading={list.isPending}
        dataSource={list.data}
        rowKey={(row) => row.id}
        columns={[
          { title: t('rent.voucher.number'), render: (_, row) => row.number },
          { title: t('rent.voucher.period'), render: (_, row) => row.period },
          { title: t('rent.at'), render: (_, row) => dateTime(row.at) },
          { title: t('rent.kind'), render: (_, row) => t(`rent.voucher.kinds.${row.kind}`) },
          { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
          { title: t('rent.who'), render: (_, row) => row.actorName },
          {
            title: t('rent.lease'),
            render: (_, row) =>
              row.agreement ? <Link to={`/leases/${row.agreement}?tab=bills`}>{t('rent.open')}</Link> : '—',
          },
        ]}
      />
    </Flex>
  );
}

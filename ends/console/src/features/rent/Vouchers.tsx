import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Flex, Input, Table, Tag } from 'antd';
import { Link } from 'react-router';
import { money, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { LeaseChoice } from './LeaseChoice.tsx';
import { thisMonth } from './names.ts';
import { useClosings, useLease, useRentChange, useVouchers } from './queries.ts';

const month = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Vouchers by month and tenant, and closing the month. */
export function Vouchers() {
  const t = useT();
  const { may } = useSession();
  const { message, modal } = App.useApp();
  const { get, put } = useAddress();
  const [period, lease] = [get('period') ?? '', get('lease')];
  const party = useLease(lease ?? '').data?.parties.find(({ role }) => role === 'tenant')?.party;
  const known = { ...(month.test(period) && { period }), ...(party && { party }) };
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
          type="month"
          style={{ width: 160 }}
          aria-label={t('rent.voucher.period')}
          value={period}
          onChange={({ target }) => put({ period: target.value })}
        />
        <div style={{ width: 260 }}>
          <LeaseChoice {...(lease ? { value: lease } : {})} onChange={(value) => put({ lease: value })} />
        </div>
        {closed ? <Tag color="success">{`${t('rent.voucher.closed')} ${dateTime(closed.at)}`}</Tag> : null}
        {may('ledger:close') && month.test(period) && period < thisMonth() && !closed ? (
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

import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Input, Select, Table, Tag } from 'antd';
import { Link } from 'react-router';
import { money, oneOf, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { LeaseChoice } from './LeaseChoice.tsx';
import { thisMonth, useSubjectName } from './names.ts';
import { pagedList } from './paged-list.ts';
import { useClosings, useLease, useRentChange, useVouchers, type Voucher } from './queries.ts';

const kinds = [
  'charge',
  'payment',
  'settlement',
  'waiver',
  'refund',
  'credit',
  'release',
  'carry',
  'reversal',
] as const;
const month = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Debits and credits of a voucher; they come to zero together. */
function Entries({ voucher }: { voucher: Voucher }) {
  const t = useT();
  const nameOf = useSubjectName();
  const side = (of: (amount: number) => boolean) => (_: unknown, row: Voucher['entries'][number]) =>
    of(row.amount) ? money(Math.abs(row.amount)) : '';
  const subjectOf = ({ account, subject }: Voucher['entries'][number]) =>
    subject ? (account === 'bank' ? t(`rent.channels.${subject}`) : nameOf(subject)) : '—';
  return (
    <Table
      size="small"
      pagination={false}
      dataSource={voucher.entries.map((entry, line) => ({ ...entry, line }))}
      rowKey={(row) => row.line}
      columns={[
        { title: t('rent.voucher.account'), render: (_, row) => t(`rent.voucher.accounts.${row.account}`) },
        { title: t('rent.subject'), render: (_, row) => subjectOf(row) },
        { title: t('rent.voucher.debit'), align: 'right', render: side((amount) => amount > 0) },
        { title: t('rent.voucher.credit'), align: 'right', render: side((amount) => amount < 0) },
      ]}
    />
  );
}

/** Vouchers by month and tenant, and closing the month. */
export function Vouchers() {
  const t = useT();
  const { may } = useSession();
  const { message, modal } = App.useApp();
  const { get, put } = useAddress();
  const [period, lease] = [get('period') ?? '', get('lease')];
  const party = useLease(lease ?? '').data?.parties.find(({ role }) => role === 'tenant')?.party;
  const kind = oneOf(kinds, get('kind'));
  const known = { ...(month.test(period) && { period }), ...(party && { party }), ...(kind && { kind }) };
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
    <ListPage<Voucher>
      actions={
        <>
          {closed ? <Tag color="success">{`${t('rent.voucher.closed')} ${dateTime(closed.at)}`}</Tag> : null}
          {may('ledger:close') && month.test(period) && period < thisMonth() && !closed ? (
            <Button loading={close.isPending} onClick={ask}>
              {t('rent.voucher.close')}
            </Button>
          ) : null}
        </>
      }
      query={
        <>
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
          <Select
            allowClear
            style={{ width: 150 }}
            placeholder={t('rent.kind')}
            aria-label={t('rent.kind')}
            value={kind}
            onChange={(value?: string) => put({ kind: value })}
            options={kinds.map((value) => ({ value, label: t(`rent.voucher.kinds.${value}`) }))}
          />
        </>
      }
      {...pagedList(list)}
      rowKey={(row) => row.id}
      empty={t('rent.voucher.none')}
      below={(row) => <Entries voucher={row} />}
      columns={[
        { title: t('rent.voucher.number'), render: (_, row) => row.number },
        { title: t('rent.voucher.period'), render: (_, row) => row.period },
        { title: t('rent.at'), render: (_, row) => dateTime(row.at) },
        { title: t('rent.kind'), render: (_, row) => t(`rent.voucher.kinds.${row.kind}`) },
        { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
        { title: t('rent.voucher.memo'), render: (_, row) => row.memo || '—' },
        { title: t('rent.who'), render: (_, row) => row.actorName },
        {
          title: t('rent.lease'),
          render: (_, row) =>
            row.agreement ? <Link to={`/leases/${row.agreement}?tab=bills`}>{t('rent.open')}</Link> : '—',
        },
      ]}
    />
  );
}

import { siteDate } from '@keystead/ui/format';
import type { Translate } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import { money, NameText } from '../../parts/index.ts';
import type { BillRow } from './queries.ts';

/** How a bill stands, in one word. */
export function billState(row: BillRow): 'reversed' | 'paid' | 'late' | 'open' {
  if (row.reversedAt) return 'reversed';
  if (row.settled + row.waived >= row.amount) return 'paid';
  return row.dueOn < siteDate() ? 'late' : 'open';
}

const colours = { reversed: 'default', paid: 'success', late: 'error', open: 'processing' } as const;

export const BillTag = ({ row, t }: { row: BillRow; t: Translate }) => {
  const state = billState(row);
  return <Tag color={colours[state]}>{t(`rent.billStates.${state}`)}</Tag>;
};

/** Columns of a list of bills. */
export const billColumns = (t: Translate) => [
  { title: t('rent.number'), width: 100, render: (_: unknown, row: BillRow) => row.number },
  { title: t('rent.period'), width: 100, render: (_: unknown, row: BillRow) => row.period },
  { title: t('rent.lease'), width: 160, render: (_: unknown, row: BillRow) => row.code },
  {
    title: t('rent.tenant'),
    render: (_: unknown, row: BillRow) => <NameText party={row.party} name={row.tenant ?? '—'} />,
  },
  { title: t('rent.house'), render: (_: unknown, row: BillRow) => row.houseName ?? '—' },
  { title: t('rent.amount'), align: 'right' as const, render: (_: unknown, row: BillRow) => money(row.amount) },
  {
    title: t('rent.owed'),
    align: 'right' as const,
    render: (_: unknown, row: BillRow) => (row.reversedAt ? '—' : money(row.amount - row.settled - row.waived)),
  },
  { title: t('rent.dueOn'), width: 120, render: (_: unknown, row: BillRow) => row.dueOn },
  { title: t('rent.state'), width: 110, render: (_: unknown, row: BillRow) => <BillTag row={row} t={t} /> },
];

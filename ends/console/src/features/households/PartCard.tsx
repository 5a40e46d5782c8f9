import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Card, Table, Tag, Typography } from 'antd';
import { LinkIfMay, money } from '../../parts/index.ts';
import type { Dossier } from './queries.ts';

type Entry = Dossier['parts'][string][number];

/** Where what another feature keeps is opened, and by which right; its words for kinds and states. */
const homes: Readonly<Record<string, { path: string; right: string; kinds?: string; states: string }>> = {
  reviews: {
    path: '/eligibility',
    right: 'eligibility:read',
    kinds: 'eligibility.kinds',
    states: 'eligibility.states',
  },
  leases: { path: '/leases', right: 'lease:read', states: 'rent.states' },
  bills: { path: '/bills', right: 'bill:read', states: 'households.billStates' },
};

/** What other modules keep about a household. */
export function PartCard({ name, rows }: { name: string; rows: readonly Entry[] }) {
  const { t, has } = useTexts();
  const home = homes[name];
  const word = (of: string | undefined, code: string) => (of && has(`${of}.${code}`) ? t(`${of}.${code}`) : code);
  const titleOf = ({ title, kind }: Entry) => (kind ? `${title} · ${word(home?.kinds, kind)}` : title);
  return (
    <Card size="small" title={t(`households.parts.${name}`)}>
      <Table<Entry>
        size="small"
        locale={{ emptyText: <Typography.Text type="secondary">{t('households.nothingYet')}</Typography.Text> }}
        rowKey={(row) => row.id}
        dataSource={rows as Entry[]}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        columns={[
          {
            title: t('households.entry'),
            render: (_, row) =>
              home ? (
                <LinkIfMay right={home.right} to={`${home.path}/${row.id}`}>
                  {titleOf(row)}
                </LinkIfMay>
              ) : (
                titleOf(row)
              ),
          },
          { title: t('households.state'), width: 160, render: (_, row) => <Tag>{word(home?.states, row.state)}</Tag> },
          ...(rows.some(({ fen }) => fen !== undefined)
            ? [
                {
                  title: t('households.amount'),
                  width: 120,
                  align: 'right' as const,
                  render: (_: unknown, row: Entry) => (row.fen === undefined ? '—' : money(row.fen)),
                },
              ]
            : []),
          { title: t('households.at'), width: 170, render: (_, row) => dateTime(row.at) },
        ]}
      />
    </Card>
  );
}

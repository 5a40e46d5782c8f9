import { useT } from '@keystead/ui/i18n';
import { OnlineBadge, type OnlineState } from '@keystead/ui/online';
import { Flex, Table, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { Ago } from '../../parts/index.ts';
import { milliseconds, share, strength } from './figures.ts';
import type { Line } from './queries.ts';

/** Lines one by one; each leads to its thing. */
export function LineTable({ rows, loading }: { rows: readonly Line[] | undefined; loading: boolean }) {
  const t = useT();
  const right = { align: 'right' as const, width: 96 };
  return (
    <Table<Line>
      size="small"
      loading={loading}
      dataSource={[...(rows ?? [])]}
      rowKey={(row) => row.id}
      pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 1100 }}
      locale={{ emptyText: t('links.nothing') }}
      columns={[
        {
          title: t('links.thing'),
          width: 230,
          render: (_, row) => (
            <Link to={`/things/${row.id}`}>
              {row.name} <Typography.Text code>{row.code}</Typography.Text>
            </Link>
          ),
        },
        { title: t('links.by.bearer'), width: 120, render: (_, row) => t(`parts.bearers.${row.bearer || 'none'}`) },
        { title: t('links.by.route'), width: 130, render: (_, row) => row.route || t('links.noRoute') },
        {
          title: t('links.state'),
          width: 170,
          render: (_, row) => (
            <Flex gap={6} wrap>
              <OnlineBadge state={row.online as OnlineState} />
              {row.stale ? <Tag>{t('links.stale')}</Tag> : null}
              {row.weak ? <Tag color="warning">{t('links.weak')}</Tag> : null}
            </Flex>
          ),
        },
        {
          title: t('links.lastHeard'),
          width: 120,
          render: (_, row) => (row.lastHeard ? <Ago at={row.lastHeard} /> : '—'),
        },
        { title: t('links.rssi'), ...right, render: (_, row) => strength(row.rssi) },
        { title: t('links.loss'), ...right, render: (_, row) => share(row.loss) },
        { title: t('links.latency'), ...right, render: (_, row) => milliseconds(row.latency) },
        { title: t('links.damaged'), dataIndex: 'damaged', ...right },
        { title: t('links.breaks'), dataIndex: 'breaks', ...right },
      ]}
    />
  );
}

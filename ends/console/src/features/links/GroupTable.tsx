import { useT } from '@keystead/ui/i18n';
import { Progress, Table } from 'antd';
import { milliseconds, share, strength } from './figures.ts';
import type { Grouping, Summary } from './queries.ts';

interface GroupTableProps {
  by: Grouping;
  rows: readonly Summary[] | undefined;
  loading: boolean;
}

/** Lines counted by bearer, site or route, with how they are. */
export function GroupTable({ by, rows, loading }: GroupTableProps) {
  const t = useT();
  const right = { align: 'right' as const, width: 100 };
  const nameOf = (row: Summary): string => {
    const bearer = t(`parts.bearers.${row.bearer || 'none'}`);
    const site = row.siteName ?? t('links.noSite');
    if (by === 'bearer') return bearer;
    if (by === 'route') return row.route || t('links.noRoute');
    return by === 'site' ? site : `${site} · ${bearer}`;
  };
  return (
    <Table<Summary>
      size="small"
      loading={loading}
      dataSource={[...(rows ?? [])]}
      rowKey={(row) => [row.site, row.bearer, row.route].join('|')}
      pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 980 }}
      locale={{ emptyText: t('links.nothing') }}
      columns={[
        { title: t(`links.by.${by}`), render: (_, row) => nameOf(row), fixed: 'left', width: 190 },
        { title: t('links.total'), dataIndex: 'total', ...right, width: 80 },
        {
          title: t('links.rate'),
          width: 150,
          render: (_, row) => (
            <Progress
              size="small"
              status="normal"
              percent={Math.round((row.rate ?? 0) * 1000) / 10}
              format={() => share(row.rate)}
              aria-label={nameOf(row)}
            />
          ),
        },
        { title: t('links.stale'), dataIndex: 'stale', ...right, width: 80 },
        { title: t('links.weak'), dataIndex: 'weak', ...right, width: 80 },
        { title: t('links.latency'), ...right, render: (_, row) => milliseconds(row.latency) },
        { title: t('links.loss'), ...right, render: (_, row) => share(row.loss) },
        { title: t('links.rssi'), ...right, render: (_, row) => strength(row.rssi) },
        { title: t('links.damaged'), dataIndex: 'damaged', ...right },
        { title: t('links.breaks'), dataIndex: 'breaks', ...right },
      ]}
    />
  );
}

import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import { useNavigate } from 'react-router';
import { KindListPage, oneOf, PlaceName, useAddress } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import { type Notice, noticeKinds, useNotices } from './queries.ts';

/** Notices and policy announcements: to whom, how many were told, and how many read it. */
export default function NoticesPage() {
  const t = useT();
  const go = useNavigate();
  const { may } = useSession();
  const { get } = useAddress();
  const kind = oneOf(noticeKinds, get('kind'));
  const list = useNotices(kind);
  return (
    <KindListPage<Notice>
      title={t('notices.title')}
      kindLabel={t('notices.kind')}
      kinds={noticeKinds.map((value) => ({ value, label: t(`notices.kinds.${value}`) }))}
      write={may('notice:write') ? { label: t('notices.write'), to: '/notices/new' } : undefined}
      columns={[
        { title: t('notices.heading'), render: (_, row) => row.title },
        { title: t('notices.kind'), width: 110, render: (_, row) => t(`notices.kinds.${row.kind}`) },
        {
          title: t('notices.place'),
          render: (_, row) => (row.place ? <PlaceName id={row.place} /> : t('notices.everywhere')),
        },
        {
          title: t('notices.state'),
          width: 110,
          render: (_, row) => (
            <Tag color={row.state === 'published' ? 'success' : 'default'}>{t(`notices.states.${row.state}`)}</Tag>
          ),
        },
        { title: t('notices.told'), width: 90, align: 'right', render: (_, row) => row.told ?? '—' },
        { title: t('notices.reached'), width: 90, align: 'right', render: (_, row) => (row.told ? row.sent : '—') },
        { title: t('notices.read'), width: 90, align: 'right', render: (_, row) => (row.told ? row.read : '—') },
        { title: t('notices.at'), width: 170, render: (_, row) => dateTime(row.publishedAt ?? row.madeAt) },
      ]}
      rows={list.data?.pages.flatMap(({ items }) => items)}
      rowKey={(row) => row.id}
      loading={list.isPending || list.isFetchingNextPage}
      more={list.hasNextPage}
      onMore={() => void list.fetchNextPage()}
      fault={list.error}
      onReload={() => void list.refetch()}
      onOpen={(row) => void go(`/notices/${row.id}`)}
      empty={t(kind ? 'notices.none' : 'notices.empty')}
    />
  );
}

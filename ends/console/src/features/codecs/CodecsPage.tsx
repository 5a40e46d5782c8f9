import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Tag } from 'antd';
import { useNavigate } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Codec, useCodecs } from './queries.ts';

/** Scripts of the organisation: which version is in force, and whether a newer one waits. */
export default function CodecsPage() {
  const t = useT();
  const go = useNavigate();
  const { may } = useSession();
  const list = useCodecs();
  return (
    <ListPage<Codec>
      title={t('codecs.title')}
      actions={
        may('codec:write') ? (
          <Button type="primary" onClick={() => void go('/codecs/new')}>
            {t('codecs.new')}
          </Button>
        ) : null
      }
      columns={[
        { title: t('codecs.name'), render: (_, row) => <code>{row.name}</code> },
        { title: t('codecs.purpose'), render: (_, row) => row.title },
        {
          title: t('codecs.inForce'),
          width: 150,
          render: (_, row) =>
            row.published === null ? <Tag>{t('codecs.none')}</Tag> : <Tag color="success">v{row.published}</Tag>,
        },
        {
          title: t('codecs.latest'),
          width: 150,
          render: (_, row) => <Tag color={row.latest === row.published ? 'default' : 'warning'}>v{row.latest}</Tag>,
        },
        { title: t('codecs.changed'), width: 170, render: (_, row) => dateTime(row.changedAt) },
        { title: t('codecs.by'), width: 140, render: (_, row) => row.changedBy },
      ]}
      rows={list.data?.items}
      rowKey={(row) => row.id}
      loading={list.isPending}
      error={list.error ? said(list.error) : undefined}
      onReload={() => void list.refetch()}
      onOpen={(row) => void go(`/codecs/${row.id}`)}
      empty={t('codecs.empty')}
    />
  );
}

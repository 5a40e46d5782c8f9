import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { OnlineBadge } from '@keystead/ui/online';
import { ListPage } from '@keystead/ui/table';
import { Button, Input, Space } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { ConfigurationTag } from './ConfigurationTag.tsx';
import { JoinDialog } from './JoinDialog.tsx';
import { JoinTokens } from './JoinTokens.tsx';
import { type Agent, useAgents } from './queries.ts';

const percent = (value: number | undefined) => (value === undefined ? '—' : `${Math.round(value)} %`);

/** All edge agents: which are there, how loaded they are, what waits in them, whether they run what they should. */
export default function FleetPage() {
  const t = useT();
  const { may } = useSession();
  const navigate = useNavigate();
  const { get, put } = useAddress();
  const [joining, setJoining] = useState(false);
  const [tokens, setTokens] = useState(false);
  const list = useAgents(get('text'));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);

  return (
    <>
      <ListPage<Agent>
        title={t('fleet.title')}
        actions={
          <Space>
            {may('firmware:manage') ? (
              <Button onClick={() => void navigate('/firmware/new?models=edge-agent')}>{t('fleet.update')}</Button>
            ) : null}
            {may('fleet:manage') ? (
              <>
                <Button onClick={() => setTokens(true)}>{t('fleet.tokens.title')}</Button>
                <Button type="primary" onClick={() => setJoining(true)}>
                  {t('fleet.join')}
                </Button>
              </>
            ) : null}
          </Space>
        }
        query={
          <Input.Search
            allowClear
            placeholder={t('fleet.search')}
            aria-label={t('fleet.search')}
            style={{ width: 240 }}
            defaultValue={get('text')}
            onSearch={(text) => put({ text })}
          />
        }
        columns={[
          { title: t('fleet.code'), width: 170, render: (_, row) => row.code },
          { title: t('fleet.name'), render: (_, row) => row.name },
          { title: t('fleet.place'), render: (_, row) => row.placeName ?? '—' },
          { title: t('fleet.online'), width: 110, render: (_, row) => <OnlineBadge state={row.online} /> },
          { title: t('fleet.configuration'), width: 150, render: (_, row) => <ConfigurationTag agent={row} /> },
          { title: t('fleet.version'), width: 100, render: (_, row) => row.status?.version ?? '—' },
          { title: t('fleet.cpu'), width: 90, align: 'right', render: (_, row) => percent(row.status?.load.cpu) },
          { title: t('fleet.disk'), width: 90, align: 'right', render: (_, row) => percent(row.status?.load.disk) },
          {
            title: t('fleet.backlog'),
            width: 110,
            align: 'right',
            render: (_, row) => row.status?.load.backlog.reduce((sum, each) => sum + each, 0) ?? '—',
          },
          { title: t('fleet.lastHeard'), width: 170, render: (_, row) => dateTime(row.lastHeard) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => void navigate(`/fleet/${row.id}`)}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(get('text') ? 'fleet.emptyFiltered' : 'fleet.empty')}
      />
      {joining ? <JoinDialog onClose={() => setJoining(false)} /> : null}
      {tokens ? <JoinTokens onClose={() => setTokens(false)} /> : null}
    </>
  );
}

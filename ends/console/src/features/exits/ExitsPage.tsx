import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Checkbox, Select, Space, Typography } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { dayOf, HandlingQuery, oneOf, PlaceName, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { Clock } from './Clock.tsx';
import { ExitTag } from './ExitTag.tsx';
import { OpenDialog } from './OpenDialog.tsx';
import { kinds, type Line, states, useCounts, useExits, useFreshExits } from './queries.ts';
import { SupervisionDialog } from './SupervisionDialog.tsx';

/** Exits 退出: of which kind, where each stands, and which day it is bound to. */
export default function ExitsPage() {
  const t = useT();
  const { may } = useSession();
  const go = useNavigate();
  const { get, put } = useAddress();
  const [state, kind, text] = [oneOf(states, get('state')), oneOf(kinds, get('kind')), get('text')];
  const [house, late, on] = [get('house'), get('late') === 'yes', dayOf(get('on'))];
  const filter = {
    ...(state ? { state } : {}),
    ...(kind ? { kind } : {}),
    ...(text ? { text } : {}),
    ...(house ? { house } : {}),
    ...(late ? { late } : {}),
    ...(on ? { on } : {}),
  };
  const list = useExits(filter);
  const counts = useCounts();
  useFreshExits();
  const rows = useMemo(() => list.data?.pages.flat(), [list.data]);
  const sum = (of: Line['state'], what: 'count' | 'late') =>
    counts.data?.reduce((total, line) => (line.state === of ? total + line[what] : total), 0) ?? 0;
  return (
    <>
      <ListPage<Line>
        title={t('exits.title')}
        actions={
          <Space wrap>
            {may('exit:configure') ? (
              <Button onClick={() => put({ supervision: '1' })}>{t('exits.supervision')}</Button>
            ) : null}
            {may('exit:write') ? (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ new: '1' })}>
                {t('exits.open')}
              </Button>
            ) : null}
          </Space>
        }
        query={
          <HandlingQuery
            asked={{ text, house, on }}
            put={put}
            words={{
              ...{ find: t('exits.find'), house: t('exits.house') },
              ...{ day: t('exits.leaveDay'), today: t('exits.today') },
            }}
            states={{
              ...{ states, chosen: state, labelOf: (each) => t(`exits.states.${each}`) },
              countOf: (each: Line['state']) => sum(each, 'count'),
              late: { label: t('exits.late'), countOf: (each: Line['state']) => sum(each, 'late') },
            }}
          >
            <Select
              allowClear
              placeholder={t('exits.kind')}
              aria-label={t('exits.kind')}
              style={{ width: 160 }}
              value={kind}
              onChange={(value?: string) => put({ kind: value })}
              options={kinds.map((value) => ({ value, label: t(`exits.kinds.${value}`) }))}
            />
            <Checkbox checked={late} onChange={({ target }) => put({ late: target.checked ? 'yes' : undefined })}>
              {t('exits.lateOnly')}
            </Checkbox>
          </HandlingQuery>
        }
        columns={[
          {
            title: t('exits.code'),
            width: 130,
            render: (_, row) => <Typography.Text code>{row.code}</Typography.Text>,
          },
          { title: t('exits.household'), render: (_, row) => row.householdName },
          {
            title: t('exits.house'),
            render: (_, row) => <PlaceName id={row.house} name={row.houseName ?? undefined} />,
          },
          { title: t('exits.kind'), width: 110, render: (_, row) => t(`exits.kinds.${row.kind}`) },
          { title: t('exits.state'), width: 110, render: (_, row) => <ExitTag exit={row} /> },
          { title: t('exits.clock'), width: 200, render: (_, row) => <Clock exit={row} /> },
          { title: t('exits.leaveBy'), width: 110, render: (_, row) => row.leaveBy },
          {
            title: t('exits.confirmedAt'),
            width: 170,
            render: (_, row) => (row.settlement ? dateTime(row.confirmedAt) : ''),
          },
          { title: t('exits.openedAt'), width: 170, render: (_, row) => dateTime(row.openedAt) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        {...(list.error ? { error: said(list.error) } : {})}
        onReload={() => void list.refetch()}
        onOpen={(row) => void go(`/exits/${row.id}`)}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(Object.keys(filter).length > 0 ? 'exits.emptyFiltered' : 'exits.empty')}
      />
      {get('new') ? (
        <OpenDialog lease={get('lease')} onClose={() => put({ new: undefined, lease: undefined })} />
      ) : null}
      {get('supervision') ? <SupervisionDialog onClose={() => put({ supervision: undefined })} /> : null}
    </>
  );
}

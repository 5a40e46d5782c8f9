import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Alert, Button, Space, Typography } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { dayOf, HandlingQuery, oneOf, PlaceName, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { BeginDialog } from './BeginDialog.tsx';
import { LessorDialog } from './LessorDialog.tsx';
import { type Line, states, useCounts, useFreshMoveIns, useLessor, useMoveIns } from './queries.ts';
import { StateTag } from './StateTag.tsx';

/** Households on their way into a house 入住办理, by the step they stand at. */
export default function MoveInsPage() {
  const t = useT();
  const { may } = useSession();
  const go = useNavigate();
  const { get, put } = useAddress();
  const [state, text, on] = [oneOf(states, get('state')), get('text'), dayOf(get('on'))];
  const house = get('new') ? undefined : get('house');
  const filter = {
    ...(state ? { state } : {}),
    ...(text ? { text } : {}),
    ...(house ? { house } : {}),
    ...(on ? { on } : {}),
  };
  const list = useMoveIns(filter);
  const counts = useCounts();
  const lessor = useLessor();
  useFreshMoveIns();
  const rows = useMemo(() => list.data?.pages.flat(), [list.data]);
  const countOf = (of: Line['state']) => counts.data?.find((line) => line.state === of)?.count ?? 0;
  const lessorButton = may('allocation:configure') ? (
    <Button onClick={() => put({ lessor: '1' })}>
      {lessor.data ? `${t('movein.lessor')}：${lessor.data.name}` : t('movein.setLessor')}
    </Button>
  ) : null;
  return (
    <>
      {lessor.isSuccess && lessor.data === null ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={t('movein.noLessor')}
          {...(lessorButton ? { action: lessorButton } : {})}
        />
      ) : null}
      <ListPage<Line>
        title={t('movein.title')}
        actions={
          <Space wrap>
            {lessor.data ? lessorButton : null}
            {may('allocation:write') ? (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ new: '1' })}>
                {t('movein.begin')}
              </Button>
            ) : null}
          </Space>
        }
        query={
          <HandlingQuery
            asked={{ text, house, on }}
            put={put}
            words={{
              ...{ find: t('movein.find'), house: t('movein.house') },
              ...{ day: t('movein.appointmentDay'), today: t('movein.today') },
            }}
            states={{ states, chosen: state, labelOf: (each) => t(`movein.states.${each}`), countOf }}
          />
        }
        columns={[
          {
            title: t('movein.code'),
            width: 130,
            render: (_, row) => <Typography.Text code>{row.code}</Typography.Text>,
          },
          { title: t('movein.household'), render: (_, row) => row.householdName },
          {
            title: t('movein.house'),
            render: (_, row) => <PlaceName id={row.house} name={row.houseName ?? undefined} />,
          },
          { title: t('movein.step'), width: 200, render: (_, row) => <StateTag line={row} /> },
          { title: t('movein.contract'), width: 160, render: (_, row) => row.leaseCode ?? '—' },
          { title: t('movein.appointment'), width: 180, render: (_, row) => dateTime(row.appointmentAt) },
          { title: t('movein.openedAt'), width: 180, render: (_, row) => dateTime(row.openedAt) },
          { title: t('movein.checkedInAt'), width: 180, render: (_, row) => dateTime(row.checkedInAt) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        {...(list.error ? { error: said(list.error) } : {})}
        onReload={() => void list.refetch()}
        onOpen={(row) => void go(`/move-ins/${row.id}`)}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(Object.keys(filter).length > 0 ? 'movein.emptyFiltered' : 'movein.empty')}
      />
      {get('new') ? (
        <BeginDialog house={get('house')} onClose={() => put({ new: undefined, house: undefined })} />
      ) : null}
      {get('lessor') ? <LessorDialog onClose={() => put({ lessor: undefined })} /> : null}
    </>
  );
}

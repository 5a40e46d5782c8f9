import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Flex, Typography } from 'antd';
import { useNavigate } from 'react-router';
import { oneOf, PlaceName, StateChoice, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Swap, states, useCounts, useFreshSwaps, useSwaps } from './queries.ts';
import { StateTag } from './StateTag.tsx';

/** Changes of houses 换租: who goes where, when, and what waits for the office. */
export default function SwapsPage() {
  const t = useT();
  const go = useNavigate();
  const { get, put } = useAddress();
  const state = oneOf(states, get('state'));
  const list = useSwaps(state);
  const counts = useCounts();
  useFreshSwaps();
  return (
    <ListPage<Swap>
      title={t('swaps.title')}
      query={
        <Flex wrap gap={8} align="center">
          <StateChoice
            states={states}
            chosen={state}
            onChoose={(value) => put({ state: value })}
            labelOf={(each) => t(`swaps.states.${each}`)}
            countOf={(each) => counts.data?.find((line) => line.state === each)?.count ?? 0}
          />
        </Flex>
      }
      columns={[
        { title: t('swaps.code'), width: 130, render: (_, row) => <Typography.Text code>{row.code}</Typography.Text> },
        { title: t('swaps.kind'), width: 120, render: (_, row) => t(`swaps.kinds.${row.kind}`) },
        {
          title: t('swaps.households'),
          render: (_, row) => row.sides.map(({ name }) => name).join('、'),
        },
        {
          title: t('swaps.from'),
          render: (_, row) =>
            row.sides.map((side) => <PlaceName key={side.number} id={side.house} name={side.houseName} />),
        },
        {
          title: t('swaps.to'),
          render: (_, row) => row.sides.map(({ newHouseName }) => newHouseName ?? '').join('、'),
        },
        { title: t('swaps.changeOn'), width: 120, render: (_, row) => row.changeOn },
        { title: t('swaps.state'), width: 120, render: (_, row) => <StateTag state={row.state} /> },
        { title: t('swaps.note'), render: (_, row) => row.note },
        { title: t('swaps.openedAt'), width: 180, render: (_, row) => dateTime(row.openedAt) },
      ]}
      rows={list.data}
      rowKey={(row) => row.id}
      loading={list.isPending}
      {...(list.error ? { error: said(list.error) } : {})}
      onReload={() => void list.refetch()}
      onOpen={(row) => void go(`/swaps/${row.id}`)}
      empty={t(state ? 'swaps.emptyFiltered' : 'swaps.empty')}
    />
  );
}

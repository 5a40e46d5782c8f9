import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Flex, Input, Select, Space, Statistic } from 'antd';
import { useNavigate } from 'react-router';
import { money, oneOf, PlaceChoice, useAddress } from '../../parts/index.ts';
import { billColumns } from './bill-columns.tsx';
import { thisMonth, useSubjectName } from './names.ts';
import { pagedList } from './paged-list.ts';
import { type BillRow, type BillState, useBills, useFigures } from './queries.ts';
import { Runs } from './Runs.tsx';

const states: readonly BillState[] = ['open', 'late', 'paid', 'reversed'];

function Figures({ period }: { period: string }) {
  const t = useT();
  const nameOf = useSubjectName();
  const { data = [] } = useFigures(period);
  return (
    <Flex gap={24} wrap>
      {data.map(({ subject, due, settled, waived }) => (
        <Statistic
          key={subject}
          title={`${nameOf(subject)} · ${t('rent.collected')} ${due > waived ? Math.round((settled / (due - waived)) * 1000) / 10 : 100} %`}
          value={money(due)}
        />
      ))}
    </Flex>
  );
}

/** Bills of a month: what they come to, how each stands, and the runs that made them. */
export default function BillsPage() {
  const t = useT();
  const navigate = useNavigate();
  const { get, put } = useAddress();
  const [period, state, place] = [get('period') ?? thisMonth(), oneOf(states, get('state')), get('place')];
  const list = useBills({ period, ...(state && { state }), ...(place && { place }) });
  return (
    <Flex vertical gap={16}>
      <Runs period={period} />
      <Figures period={period} />
      <ListPage<BillRow>
        title={t('rent.bills')}
        query={
          <Space wrap>
            <Input
              type="month"
              style={{ width: 160 }}
              aria-label={t('rent.period')}
              value={period}
              onChange={({ target }) => put({ period: target.value })}
            />
            <Select
              allowClear
              style={{ width: 140 }}
              placeholder={t('rent.state')}
              aria-label={t('rent.state')}
              value={state}
              onChange={(value?: string) => put({ state: value })}
              options={states.map((value) => ({ value, label: t(`rent.billStates.${value}`) }))}
            />
            <PlaceChoice
              by="path"
              style={{ width: 240 }}
              placeholder={t('rent.place')}
              value={place}
              onChange={(value) => put({ place: value })}
            />
          </Space>
        }
        columns={billColumns(t)}
        {...pagedList(list)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate(`/bills/${row.id}`)}
        empty={t('rent.noBill')}
      />
    </Flex>
  );
}

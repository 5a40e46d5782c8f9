import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Select, Typography } from 'antd';
import { useNavigate } from 'react-router';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { NewPlan } from './NewPlan.tsx';
import { PlanTag } from './PlanTag.tsx';
import { type Plan, planStates, useFreshPlans, usePlans } from './queries.ts';

/** Allocation plans 配租方案, newest first: how many houses, how they are ranked, where each stands. */
export default function PlansPage() {
  const t = useT();
  const { may } = useSession();
  const go = useNavigate();
  const { get, put } = useAddress();
  const state = oneOf(planStates, get('state'));
  const list = usePlans(state);
  useFreshPlans();
  return (
    <>
      <ListPage<Plan>
        title={t('allocation.plans')}
        actions={
          may('allocation:write') ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ new: '1' })}>
              {t('allocation.newPlan')}
            </Button>
          ) : null
        }
        query={
          <Select
            allowClear
            placeholder={t('allocation.state')}
            aria-label={t('allocation.state')}
            style={{ width: 160 }}
            value={state}
            onChange={(value?: string) => put({ state: value })}
            options={planStates.map((value) => ({ value, label: t(`allocation.planStates.${value}`) }))}
          />
        }
        columns={[
          {
            title: t('allocation.planCode'),
            width: 130,
            render: (_, row) => <Typography.Text code>{row.code}</Typography.Text>,
          },
          { title: t('allocation.planName'), dataIndex: 'name' },
          { title: t('allocation.place'), render: (_, row) => row.placeName ?? '—' },
          { title: t('allocation.ranking'), width: 110, render: (_, row) => t(`allocation.rankings.${row.ranking}`) },
          {
            title: t('allocation.housesTaken'),
            width: 140,
            align: 'right',
            render: (_, row) => `${row.taken} / ${row.houses}`,
          },
          { title: t('allocation.intents'), width: 100, align: 'right', dataIndex: 'intents' },
          { title: t('allocation.intentUntil'), width: 180, render: (_, row) => dateTime(row.intentUntil) },
          { title: t('allocation.state'), width: 120, render: (_, row) => <PlanTag state={row.state} /> },
        ]}
        rows={list.data}
        rowKey={(row) => row.id}
        loading={list.isPending}
        {...(list.error ? { error: said(list.error) } : {})}
        onReload={() => void list.refetch()}
        onOpen={(row) => void go(`/allocation-plans/${row.id}`)}
        empty={t(state ? 'allocation.emptyFiltered' : 'allocation.emptyPlans')}
      />
      {get('new') ? <NewPlan onClose={() => put({ new: undefined })} /> : null}
    </>
  );
}

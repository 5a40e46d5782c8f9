import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Flex, Progress, Space, Switch, Tabs } from 'antd';
import { useMemo } from 'react';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PlanCalendar } from './PlanCalendar.tsx';
import { PlanDrawer } from './PlanDrawer.tsx';
import { PlanEditor } from './PlanEditor.tsx';
import { PlanTree } from './PlanTree.tsx';
import { type PlanLine, useChangePlan, useFigures, useFreshPlans, usePlans } from './queries.ts';

/** This year so far and to come, for the done rate. */
function yearNow(): [string, string] {
  const year = new Date().getFullYear();
  return [`${year}-01-01T00:00:00+08:00`, `${year + 1}-01-01T00:00:00+08:00`];
}

function PlanList() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { put } = useAddress();
  const list = usePlans();
  const [from, to] = useMemo(yearNow, []);
  const figures = useFigures(from, to);
  const change = useChangePlan();
  const byPlan = useMemo(() => new Map(figures.data?.items.map((each) => [each.plan, each])), [figures.data]);
  return (
    <ListPage<PlanLine>
      title={t('plans.menu')}
      {...(list.data ? { total: list.data.items.length } : {})}
      actions={
        may('plan:write') ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ new: '1' })}>
            {t('plans.add')}
          </Button>
        ) : null
      }
      columns={[
        { title: t('plans.code'), width: 130, render: (_, row) => row.code },
        { title: t('plans.name'), render: (_, row) => row.name },
        { title: t('plans.kindLabel'), width: 110, render: (_, row) => t(`plans.kind.${row.kind}`) },
        { title: t('plans.systemLabel'), width: 110, render: (_, row) => t(`plans.system.${row.system}`) },
        { title: t('plans.cycleLabel'), width: 90, render: (_, row) => t(`plans.cycle.${row.cycle}`) },
        { title: t('plans.next'), width: 170, render: (_, row) => dateTime(row.enabled ? row.dueAt : null) },
        {
          title: t('plans.rate'),
          width: 190,
          render: (_, row) => {
            const each = byPlan.get(row.id);
            if (each?.rate === undefined) return '—';
            return (
              <Space>
                <Progress type="circle" size={28} percent={Math.round(each.rate * 100)} />
                {t('plans.doneOf', { done: each.done, due: each.due, missed: each.missed })}
              </Space>
            );
          },
        },
        {
          title: t('plans.enabled'),
          width: 90,
          render: (_, row) => (
            <Switch
              size="small"
              aria-label={t('plans.enabled')}
              onClick={(_on, event) => event.stopPropagation()}
              checked={row.enabled}
              disabled={!may('plan:write')}
              onChange={(enabled) =>
                change.mutate(
                  { plan: row, change: { enabled } },
                  { onError: (cause) => void message.error(said(cause)) },
                )
              }
            />
          ),
        },
      ]}
      rows={list.data?.items}
      rowKey={(row) => row.id}
      loading={list.isPending}
      {...(list.error ? { error: said(list.error) } : {})}
      onReload={() => void list.refetch()}
      onOpen={(row) => put({ plan: row.id })}
      empty={t('plans.empty')}
    />
  );
}

/** Plans 计划: as a list, by period and system, and as the calendar of a year. */
export default function PlansPage() {
  const t = useT();
  const { get, put } = useAddress();
  useFreshPlans();
  return (
    <Flex vertical>
      <Tabs
        activeKey={get('tab') ?? 'list'}
        onChange={(tab) => put({ tab: tab === 'list' ? undefined : tab })}
        items={[
          { key: 'list', label: t('plans.tab.list'), children: <PlanList /> },
          { key: 'tree', label: t('plans.tab.tree'), children: <PlanTree /> },
          { key: 'calendar', label: t('plans.tab.calendar'), children: <PlanCalendar /> },
        ]}
      />
      {get('new') ? <PlanEditor onClose={() => put({ new: undefined })} /> : null}
      <PlanDrawer id={get('plan')} onClose={() => put({ plan: undefined })} />
    </Flex>
  );
}

import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Flex, Skeleton, Table, Tabs, Tag, Typography } from 'antd';
import { useParams } from 'react-router';
import { PlaceName, StepTrail, type TrailStep, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { DrawTab } from './DrawTab.tsx';
import { OrderTab } from './OrderTab.tsx';
import { PlanActions } from './PlanActions.tsx';
import { PlanTag } from './PlanTag.tsx';
import { type Plan, type PlanFile, planStates, useFreshPlans, usePlan } from './queries.ts';

/** Draft → intents → closed list → order → choosing → closed, with what is known of each. */
function trailOf(plan: Plan, t: (key: string) => string): TrailStep[] {
  const reached = planStates.indexOf(plan.state);
  const step = (key: string, from: number, more: Partial<TrailStep> = {}): TrailStep => ({
    key,
    title: t(`allocation.trail.${key}`),
    state: reached > from || plan.state === 'closed' ? 'done' : reached === from ? 'now' : 'next',
    ...more,
  });
  return [
    step('draft', 0, { at: plan.madeAt }),
    step('open', 1, { note: `${t('allocation.by')} ${dateTime(plan.intentUntil)}` }),
    step('commit', 1, { state: plan.committedAt ? 'done' : 'next', at: plan.committedAt }),
    step(plan.ranking === 'lottery' ? 'lottery' : 'order', 2, { at: plan.drawnAt }),
    step('choosing', 3, { note: plan.choosingFrom ? `${t('allocation.from')} ${dateTime(plan.choosingFrom)}` : '' }),
    step('closed', 4),
  ];
}

function Houses({ file }: { file: PlanFile }) {
  const t = useT();
  const takenBy = new Map(file.intents.map((intent) => [intent.entry, intent]));
  return (
    <Table
      size="small"
      rowKey={(row) => row.house}
      dataSource={file.houses}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      columns={[
        {
          title: t('allocation.house'),
          render: (_, row) => <PlaceName id={row.house} {...(row.name ? { name: row.name } : {})} />,
        },
        { title: t('allocation.floorArea'), align: 'right', render: (_, row) => row.floorArea ?? '—' },
        { title: t('allocation.layout'), render: (_, row) => row.layout ?? '—' },
        {
          title: t('allocation.state'),
          render: (_, row) => {
            const taker = row.takenBy ? takenBy.get(row.takenBy) : undefined;
            if (!row.takenBy) return <Tag>{t('allocation.free')}</Tag>;
            return (
              <Tag color="success">{`${t('allocation.taken')} ${taker?.code ?? ''} ${taker?.householdName ?? ''}`}</Tag>
            );
          },
        },
      ]}
    />
  );
}

/** One plan: where it stands, what comes next, its households in their order, its houses, and the draw anybody can check. */
export default function PlanPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { get, put } = useAddress();
  const { data: file, error } = usePlan(id);
  useFreshPlans();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!file) return <Skeleton active />;
  const { plan } = file;
  return (
    <Flex vertical gap={16}>
      <Flex align="center" gap={12} wrap justify="space-between">
        <Flex align="center" gap={12} wrap>
          <Typography.Title level={4} style={{ margin: 0 }}>
            {plan.name}
          </Typography.Title>
          <Typography.Text code>{plan.code}</Typography.Text>
          <PlanTag state={plan.state} />
        </Flex>
        <PlanActions plan={plan} />
      </Flex>
      <Card size="small">
        <StepTrail steps={trailOf(plan, t)} />
      </Card>
      <Card size="small">
        <KeyValue
          columns={3}
          facts={[
            { key: 'place', label: t('allocation.place'), value: plan.placeName },
            { key: 'ranking', label: t('allocation.ranking'), value: t(`allocation.rankings.${plan.ranking}`) },
            { key: 'slot', label: t('allocation.slotMinutes'), value: plan.slotMinutes },
            { key: 'houses', label: t('allocation.housesTaken'), value: `${plan.taken} / ${plan.houses}` },
            { key: 'intents', label: t('allocation.intents'), value: plan.intents },
            { key: 'until', label: t('allocation.intentUntil'), value: dateTime(plan.intentUntil) },
          ]}
        />
      </Card>
      <Tabs
        activeKey={get('tab') ?? 'order'}
        onChange={(tab) => put({ tab: tab === 'order' ? undefined : tab })}
        items={[
          { key: 'order', label: t('allocation.candidates'), children: <OrderTab file={file} /> },
          { key: 'houses', label: t('allocation.houses'), children: <Houses file={file} /> },
          { key: 'draw', label: t('allocation.draw'), children: <DrawTab file={file} /> },
        ]}
      />
    </Flex>
  );
}

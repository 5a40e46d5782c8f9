import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Descriptions, Drawer, Flex, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PlanEditor } from './PlanEditor.tsx';
import { PlanTasks } from './PlanTasks.tsx';
import { usePlan, usePreview } from './queries.ts';

/** Short words beside each other, in as many lines as they need. */
const Words = ({ of }: { of: readonly string[] }) => (
  <Flex wrap gap={4}>
    {of.map((word) => (
      <Tag key={word} style={{ margin: 0 }}>
        {word}
      </Tag>
    ))}
  </Flex>
);

/** One plan: what it says, when it comes next, and what it said before. */
export function PlanDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { may } = useSession();
  const [editing, setEditing] = useState(false);
  const { data: plan, error } = usePlan(id);
  const preview = usePreview(plan?.definition.trigger);
  const { definition } = plan ?? {};
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={640}
      title={plan ? `${plan.code} ${plan.name}` : ''}
      extra={may('plan:write') && plan ? <Button onClick={() => setEditing(true)}>{t('plans.edit')}</Button> : null}
    >
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {plan && definition ? (
        <Flex vertical gap={16}>
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'kind', label: t('plans.kindLabel'), children: t(`plans.kind.${plan.kind}`) },
              { key: 'system', label: t('plans.systemLabel'), children: t(`plans.system.${plan.system}`) },
              { key: 'cycle', label: t('plans.cycleLabel'), children: t(`plans.cycle.${plan.cycle}`) },
              { key: 'content', label: t('plans.content'), children: definition.content ?? '—' },
              {
                key: 'procedure',
                label: t('plans.procedure'),
                children: definition.procedure ? (
                  <>
                    <Typography.Text code>{definition.procedure.code}</Typography.Text> {definition.procedure.title}
                    <ol>
                      {definition.procedure.steps.map((step) => (
                        <li key={step}>{step}</li>
                      ))}
                    </ol>
                  </>
                ) : (
                  '—'
                ),
              },
              {
                key: 'subjects',
                label: t('plans.subjects'),
                children: <Words of={plan.subjects.slice(0, 50).map(({ label }) => label)} />,
              },
              {
                key: 'next',
                label: t('plans.nextDates'),
                children: <Words of={(preview.data?.items ?? []).map(dateTime)} />,
              },
            ]}
          />
          <PlanTasks plan={plan.id} />
          {definition.target.kind === 'work' ? null : (
            <Table
              size="small"
              rowKey={(point) => point.text}
              pagination={false}
              dataSource={definition.points}
              columns={[
                { title: t('plans.point'), render: (_, point) => point.text },
                { title: t('plans.low'), render: (_, point) => point.low ?? '—' },
                { title: t('plans.high'), render: (_, point) => point.high ?? '—' },
                { title: t('plans.unit'), render: (_, point) => point.unit ?? '—' },
                { title: t('plans.photo'), render: (_, point) => (point.photo ? '✓' : '—') },
              ]}
            />
          )}
          {plan.editions.map(({ number, at, actorName }) => (
            <Typography.Text key={number} type="secondary">
              {t('plans.edition', { number, at: dateTime(at), name: actorName })}
            </Typography.Text>
          ))}
          {editing ? <PlanEditor plan={plan} onClose={() => setEditing(false)} /> : null}
        </Flex>
      ) : null}
    </Drawer>
  );
}

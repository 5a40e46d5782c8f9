import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Empty, Flex, Segmented, Skeleton, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { stateColours, useFreshPlans, useTasks } from './queries.ts';

const views = ['open', 'missed', 'done'] as const;
const dayMs = 86_400_000;

/** Tasks of the last month and the next, for a phone: one below the other, with large targets. */
export default function RoundsPage() {
  const t = useT();
  const { get, put } = useAddress();
  const [from, to] = useMemo(() => {
    const today = Math.floor(Date.now() / dayMs) * dayMs;
    return [new Date(today - 31 * dayMs).toISOString(), new Date(today + 32 * dayMs).toISOString()];
  }, []);
  const { data, error } = useTasks(from, to);
  useFreshPlans();
  const view = views.find((each) => each === get('view')) ?? 'open';
  const tasks = data?.items.filter((task) => task.state === view);
  return (
    <Flex vertical gap={12} style={{ maxWidth: 560, margin: '0 auto', width: '100%' }}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('plans.rounds.menu')}
      </Typography.Title>
      <Segmented
        block
        size="large"
        value={view}
        onChange={(next) => put({ view: next === 'open' ? undefined : next })}
        options={views.map((each) => ({
          value: each,
          label: `${t(`plans.state.${each}`)} ${data?.items.filter((task) => task.state === each).length ?? ''}`,
        }))}
      />
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {!tasks && !error ? <Skeleton active /> : null}
      {tasks?.length === 0 ? <Empty description={t('plans.rounds.empty')} /> : null}
      {tasks?.map((task) => (
        <Link
          key={task.id}
          to={`/rounds/${task.id}`}
          style={{
            display: 'block',
            padding: 16,
            minHeight: 60,
            border: '1px solid var(--ant-color-border, #d9d9d9)',
            borderRadius: 8,
          }}
        >
          <Flex justify="space-between" gap={8}>
            <Typography.Text strong>{task.name}</Typography.Text>
            <Tag color={stateColours[task.state]}>{t(`plans.state.${task.state}`)}</Tag>
          </Flex>
          <div>{task.subjectLabel}</div>
          <Typography.Text type="secondary">
            {t('plans.rounds.until', { at: dateTime(task.deadline) })} · {task.read}/{task.points}
            {task.failed > 0 ? ` · ${t('plans.rounds.failed', { count: task.failed })}` : ''}
          </Typography.Text>
        </Link>
      ))}
    </Flex>
  );
}

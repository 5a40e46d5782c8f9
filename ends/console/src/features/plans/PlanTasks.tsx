import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Progress, Table, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { stateColours, type Task, usePlanTasks } from './queries.ts';

/** How far a task is: points read by people, or what the platform has done of its own work. */
function HowFar({ task }: { task: Task }) {
  const t = useT();
  const { progress } = task;
  if (!progress) return task.points > 0 ? `${task.read}/${task.points}` : '—';
  if (progress.failure) return <Typography.Text type="danger">{t('plans.workFailed')}</Typography.Text>;
  const share = progress.total === 0 ? 100 : Math.round((progress.done / progress.total) * 100);
  return (
    <>
      <Progress percent={share} size="small" style={{ maxWidth: 160 }} />
      <Typography.Text type="secondary">
        {t('plans.workDone', { done: progress.done, total: progress.total })}
      </Typography.Text>
    </>
  );
}

/** The tasks a plan made, with how far each is. */
export function PlanTasks({ plan }: { plan: string }) {
  const t = useT();
  const { data, error, isPending } = usePlanTasks(plan);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table<Task>
      size="small"
      loading={isPending}
      rowKey={(task) => task.id}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      dataSource={data}
      locale={{ emptyText: t('plans.noTasks') }}
      columns={[
        { title: t('plans.taskAt'), render: (_, task) => dateTime(task.at).slice(0, 16) },
        { title: t('plans.subjects'), render: (_, task) => task.subjectLabel },
        {
          title: t('plans.taskState'),
          render: (_, task) => <Tag color={stateColours[task.state]}>{t(`plans.state.${task.state}`)}</Tag>,
        },
        { title: t('plans.howFar'), render: (_, task) => <HowFar task={task} /> },
        {
          title: '',
          render: (_, task) => (task.caseId ? <Link to={`/cases/${task.caseId}`}>{task.caseCode}</Link> : null),
        },
      ]}
    />
  );
}

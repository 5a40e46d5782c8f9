import { dateTime, duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Empty, Flex, Table, Tag, Typography } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type Job, useJobs } from './queries.ts';
import { WellTag } from './WellTag.tsx';
import { dailyAt, useSystemWords } from './words.ts';

const colours: Record<Job['state'], string> = {
  never: 'default',
  running: 'processing',
  done: 'success',
  failed: 'error',
  overlong: 'warning',
};

/** Background jobs: when they last ran, how it went, and what is wrong with them. Trouble first. */
export function Jobs() {
  const { t, language } = useTexts();
  const words = useSystemWords();
  const { data, error, isPending } = useJobs();
  const rows = data?.items.toSorted(
    (a, b) => Number(b.trouble !== null) - Number(a.trouble !== null) || a.name.localeCompare(b.name),
  );
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table<Job>
      size="middle"
      rowKey={(job) => job.name}
      loading={isPending}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('system.noJobs')} /> }}
      columns={[
        {
          title: t('system.jobLabel'),
          render: (_, job) => (
            <Flex vertical>
              <Typography.Text strong>{words.job(job.name)}</Typography.Text>
              <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                {job.name}
              </Typography.Text>
            </Flex>
          ),
        },
        {
          title: t('system.rhythm'),
          render: (_, job) =>
            job.every ? (
              t('system.every', { time: duration(job.every, language) })
            ) : job.cron ? (
              <span title={job.cron}>
                {dailyAt(job.cron) ? t('system.daily', { time: dailyAt(job.cron) }) : job.cron}
              </span>
            ) : (
              t('system.onDemand')
            ),
        },
        {
          title: t('system.condition'),
          width: 180,
          render: (_, job) =>
            job.trouble ? (
              <Flex gap={4}>
                <WellTag state="troubled" />
                {t(`system.trouble.${job.trouble}`)}
              </Flex>
            ) : (
              <WellTag state="well" />
            ),
        },
        {
          title: t('system.lastRun'),
          width: 110,
          render: (_, job) => <Tag color={colours[job.state]}>{t(`system.run.${job.state}`)}</Tag>,
        },
        { title: t('system.startedAt'), width: 170, render: (_, job) => dateTime(job.startedAt) },
        {
          title: t('system.took'),
          align: 'right',
          render: (_, job) =>
            job.seconds === null
              ? '—'
              : t('system.seconds', { seconds: job.seconds.toFixed(job.seconds < 10 ? 2 : 0) }),
        },
        {
          title: t('system.error'),
          render: (_, job) =>
            job.error ? (
              <Typography.Text type="danger" ellipsis={{ tooltip: job.error }} style={{ maxWidth: 360 }}>
                {job.error}
              </Typography.Text>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}

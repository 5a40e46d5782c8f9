import { useT } from '@keystead/ui/i18n';
import { Alert, Card, InputNumber, Switch, Table } from 'antd';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Schedule, useSchedules, useSetSchedule } from './report-queries.ts';

/** On which day of the month each report of the month before is made by itself, and when that is next. */
export function Schedules({ nameOf }: { nameOf(template: string): string }) {
  const t = useT();
  const { may } = useSession();
  const { data, error, isPending } = useSchedules();
  const set = useSetSchedule();
  const writes = may('supervision:write');
  return (
    <Card size="small" title={t('supervision.schedule.title')}>
      {[error, set.error].map((each) =>
        each ? <Alert key={said(each)} type="error" showIcon title={said(each)} /> : null,
      )}
      <Table<Schedule>
        size="small"
        rowKey="template"
        loading={isPending}
        dataSource={data ?? []}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('supervision.template'), render: (_, { template }) => nameOf(template) },
          {
            title: t('supervision.schedule.enabled'),
            render: (_, schedule) => (
              <Switch
                checked={schedule.enabled}
                disabled={!writes}
                aria-label={t('supervision.schedule.enabled')}
                onChange={(enabled) => set.mutate({ ...schedule, enabled })}
              />
            ),
          },
          {
            title: t('supervision.schedule.day'),
            render: (_, schedule) => (
              <InputNumber
                size="small"
                min={1}
                max={28}
                precision={0}
                value={schedule.day}
                disabled={!writes || !schedule.enabled}
                aria-label={t('supervision.schedule.day')}
                onChange={(day) => day && set.mutate({ ...schedule, day })}
              />
            ),
          },
          { title: t('supervision.schedule.next'), render: (_, { next }) => next ?? '—' },
        ]}
      />
    </Card>
  );
}

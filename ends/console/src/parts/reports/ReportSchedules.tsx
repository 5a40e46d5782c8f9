import { dateTime } from '@keystead/ui/format';
import { useT, useTexts } from '@keystead/ui/i18n';
import { type QueryKey, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Space, Switch, Table, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { ScheduleDialog, type ScheduleWish } from './ScheduleDialog.tsx';

/** What `GET …/schedules` of a module says of each of its reports. */
export interface ReportSchedule extends ScheduleWish {
  report: string;
  name: { zh: string; en: string };
  enabled: boolean;
  offered: string[];
  next: string | null;
  last: { month: string; at: string; receivers: number; sent: number; failed: number } | null;
}

interface ReportSchedulesProps {
  /** Key of the query; what is set asks it anew. */
  queryKey: QueryKey;
  load(): Promise<ReportSchedule[]>;
  /** Left out for who may only look. */
  set?(report: string, wish: ScheduleWish & { enabled: boolean }): Promise<unknown>;
}

/** When each report of the month before is made by itself, as which files it goes and to whom, and what became of the last. */
export function ReportSchedules({ queryKey, load, set }: ReportSchedulesProps) {
  const t = useT();
  const own = useTexts().language === 'en' ? 'en' : 'zh';
  const client = useQueryClient();
  const { data, error, isPending } = useQuery({ queryKey, queryFn: load });
  const [edited, setEdited] = useState<ReportSchedule>();
  const change = useMutation({
    mutationFn: async ({ report, enabled, day, hour, formats, receivers }: ReportSchedule) =>
      set?.(report, { enabled, day, hour, formats, receivers }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const lastOf = ({ last }: ReportSchedule) =>
    last ? (
      <Space orientation="vertical" size={0}>
        <span>{`${last.month} · ${dateTime(last.at)}`}</span>
        {last.receivers > 0 ? (
          <Typography.Text type={last.failed > 0 ? 'danger' : 'secondary'}>
            {t('parts.schedule.sent', { sent: last.sent, receivers: last.receivers })}
          </Typography.Text>
        ) : null}
      </Space>
    ) : (
      '—'
    );
  return (
    <Card size="small" title={t('parts.schedule.title')}>
      {[error, change.error].map((each) =>
        each ? <Alert key={said(each)} type="error" showIcon title={said(each)} /> : null,
      )}
      <Table<ReportSchedule>
        size="small"
        rowKey="report"
        loading={isPending}
        dataSource={data ?? []}
        pagination={false}
        scroll={{ x: 900 }}
        columns={[
          { title: t('parts.schedule.report'), render: (_, { name }) => name[own] },
          {
            title: t('parts.schedule.enabled'),
            render: (_, schedule) => (
              <Switch
                checked={schedule.enabled}
                disabled={!set}
                aria-label={`${t('parts.schedule.enabled')} ${schedule.name[own]}`}
                onChange={(enabled) => change.mutate({ ...schedule, enabled })}
              />
            ),
          },
          {
            title: t('parts.schedule.when'),
            render: (_, { day, hour }) => t('parts.schedule.at', { day, hour: String(hour).padStart(2, '0') }),
          },
          {
            title: t('parts.schedule.files'),
            render: (_, { formats }) =>
              formats.map((each) => t(`parts.schedule.forms.${each}`)).join(', ') || t('parts.schedule.noFiles'),
          },
          {
            title: t('parts.schedule.receivers'),
            render: (_, { receivers }) =>
              receivers.length > 0
                ? t('parts.schedule.count', { count: receivers.length })
                : t('parts.schedule.nobody'),
          },
          { title: t('parts.schedule.next'), width: 180, render: (_, { next }) => (next ? dateTime(next) : '—') },
          { title: t('parts.schedule.last'), render: (_, schedule) => lastOf(schedule) },
          ...(set
            ? [
                {
                  title: '',
                  render: (_: unknown, schedule: ReportSchedule) => (
                    <Button size="small" onClick={() => setEdited(schedule)}>
                      {t('parts.schedule.edit')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {edited && set ? (
        <ScheduleDialog
          title={edited.name[own]}
          offered={edited.offered}
          initial={edited}
          stale={queryKey}
          run={(wish) => set(edited.report, { ...wish, enabled: edited.enabled })}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </Card>
  );
}

import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Popconfirm, Progress, Typography } from 'antd';
import { money } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useRentChange, useRuns } from './queries.ts';

/** The last run of a month with its progress, and the button that begins one. */
export function Runs({ period }: { period: string }) {
  const t = useT();
  const { may } = useSession();
  const { data } = useRuns();
  const last = data?.find((run) => run.period === period);
  const start = useRentChange(() => sdk.bills.run({ body: { period } }));
  const stop = useRentChange((id: string) => sdk.bills.stopRun({ params: { id } }));
  const running = last?.state === 'running';
  const percent = last && last.total > 0 ? Math.min(100, Math.round((last.passed / last.total) * 100)) : 100;
  return (
    <Card size="small" title={`${t('rent.run')} · ${period}`}>
      {start.error ? <Alert type="error" showIcon title={said(start.error)} style={{ marginBottom: 12 }} /> : null}
      <Flex align="center" gap={16} wrap>
        {last ? (
          <>
            <Progress
              percent={last.state === 'done' ? 100 : percent}
              status={running ? 'active' : last.state === 'done' ? 'success' : 'exception'}
              style={{ width: 260 }}
            />
            <Typography.Text>
              {t(`rent.runStates.${last.state}`)} · {last.passed} / {last.total} · {t('rent.madeBills')} {last.bills} ·{' '}
              {money(last.amount)}
            </Typography.Text>
            <Typography.Text type="secondary">
              {last.actorName} · {dateTime(last.startedAt)}
            </Typography.Text>
          </>
        ) : (
          <Typography.Text type="secondary">{t('rent.noRun')}</Typography.Text>
        )}
        {may('bill:run') ? (
          running ? (
            <Button onClick={() => stop.mutate(last.id)}>{t('rent.stopRun')}</Button>
          ) : (
            <Popconfirm title={t('rent.runHint')} onConfirm={() => start.mutate(undefined)}>
              <Button type="primary" loading={start.isPending}>
                {t('rent.startRun')}
              </Button>
            </Popconfirm>
          )
        ) : null}
      </Flex>
    </Card>
  );
}

import { ago } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Typography } from 'antd';
import { Link } from 'react-router';
import { LatestCard } from './LatestCard.tsx';
import { useLatestAlarms } from './queries.ts';

/** The newest open alarms. */
export function LatestAlarms() {
  const { t, language } = useTexts();
  const { data, error, isLoading } = useLatestAlarms(true);
  return (
    <LatestCard
      title={t('overview.latestAlarms')}
      to="/alarms"
      loading={isLoading}
      error={error}
      empty={t('overview.noAlarms')}
      rows={data?.map((alarm) => ({
        key: alarm.id,
        content: (
          <Link to={`/alarms/${alarm.id}`} style={{ color: 'inherit', minWidth: 0 }}>
            <SeverityMark severity={alarm.severity} word={false} />{' '}
            <Typography.Text strong>{language === 'en' ? alarm.title.en : alarm.title.zh}</Typography.Text>{' '}
            <Typography.Text type="secondary">{alarm.subject.name}</Typography.Text>
          </Link>
        ),
        side: <span title={alarm.raisedAt}>{ago(alarm.raisedAt, language)}</span>,
      }))}
    />
  );
}

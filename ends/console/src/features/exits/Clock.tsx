import { ClockCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { ago, dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Tag, Typography } from 'antd';
import { useNow } from '../../parts/index.ts';
import { dueOf, nearness } from './clock.ts';
import type { Line } from './queries.ts';

const colours = { late: 'error', near: 'warning', far: 'default' } as const;

/** What an exit waits for, and how near its day is. */
export function Clock({ exit }: { exit: Pick<Line, 'state' | 'inspectBy' | 'settleBy' | 'depositBy'> }) {
  const { t, language } = useTexts();
  const now = useNow();
  const due = dueOf(exit);
  if (!due) return '—';
  if (!due.by) return <Typography.Text type="secondary">{t(`exits.waits.${due.what}`)}</Typography.Text>;
  const near = nearness(due.by, now);
  return (
    <Tag
      color={colours[near]}
      icon={near === 'late' ? <ExclamationCircleOutlined /> : <ClockCircleOutlined />}
      title={dateTime(due.by)}
    >
      {`${t(`exits.waits.${due.what}`)} · ${near === 'late' ? t('exits.late') : ''} ${ago(due.by, language, now)}`}
    </Tag>
  );
}

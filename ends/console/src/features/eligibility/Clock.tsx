import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import { useNow } from '../../parts/index.ts';

const dayMs = 86_400_000;

/** By when something is to be done, and how long that is from now; late stands out by word and colour. */
export function Clock({ until, ended }: { until: string | null; ended?: boolean }) {
  const t = useT();
  const now = useNow();
  if (!until) return <>—</>;
  const days = Math.ceil((Date.parse(until) - now) / dayMs);
  return (
    <>
      {dateTime(until)}{' '}
      {ended ? null : days < 0 || Date.parse(until) < now ? (
        <Tag color="error">{t('eligibility.lateBy', { days: Math.max(1, -days) })}</Tag>
      ) : (
        <Tag color={days <= 3 ? 'warning' : 'default'}>{t('eligibility.daysLeft', { days })}</Tag>
      )}
    </>
  );
}

import { useT } from '@keystead/ui/i18n';
import { Flex, Progress, Typography } from 'antd';
import { useNow } from '../../parts/index.ts';
import type { Entry } from './queries.ts';
import { spanOf } from './span.ts';

const near = 0.9;
const minute = 60;

/** How long a household waits, against how long it may have to. */
export function Waited({ entry }: { entry: Pick<Entry, 'since' | 'until' | 'state'> }) {
  const t = useT();
  const now = useNow(minute);
  const [since, until] = [new Date(entry.since).getTime(), new Date(entry.until).getTime()];
  const share = Math.min(1, Math.max(0, (now - since) / (until - since)));
  const words = (ms: number) => {
    const span = spanOf(ms);
    if ('days' in span) return t('allocation.days', span);
    return span.years > 0 ? t('allocation.years', span) : t('allocation.months', span);
  };
  const waits = entry.state === 'waiting';
  return (
    <Flex vertical style={{ minWidth: 200 }}>
      <Progress
        size="small"
        percent={Math.round(share * 100)}
        status={waits && share >= near ? 'exception' : 'normal'}
        showInfo={false}
        aria-label={t('allocation.waited')}
      />
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {words(now - since)}
        {waits ? ` · ${t('allocation.left', { left: words(until - now) })}` : ''}
      </Typography.Text>
    </Flex>
  );
}

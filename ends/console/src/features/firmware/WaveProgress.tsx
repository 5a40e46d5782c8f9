import { useT } from '@keystead/ui/i18n';
import { Flex, Progress, Typography, theme } from 'antd';
import { type CampaignLine, countsOf, type TargetState } from './queries.ts';

const ended: readonly TargetState[] = ['succeeded', 'failed', 'rolled-back', 'skipped'];

/** How far a campaign, or one wave of it, is: what succeeded, what ended otherwise, what is to come. */
export function WaveProgress({ campaign, wave }: { campaign: Pick<CampaignLine, 'counts'>; wave?: number }) {
  const t = useT();
  const { token } = theme.useToken();
  const counts = countsOf(campaign, wave);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const done = ended.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  const good = counts.get('succeeded') ?? 0;
  const bad = (counts.get('failed') ?? 0) + (counts.get('rolled-back') ?? 0);
  const share = (count: number) => (total === 0 ? 0 : Math.round((count / total) * 100));
  return (
    <Flex vertical>
      <Progress
        percent={share(done)}
        success={{ percent: share(good) }}
        {...(bad > 0 && { strokeColor: token.colorError })}
        size="small"
      />
      <Typography.Text type="secondary">{t('firmware.progress', { good, bad, total })}</Typography.Text>
    </Flex>
  );
}

import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Flex, Timeline, Typography } from 'antd';
import type { CaseFile } from './queries.ts';
import { useCaseWords } from './words.ts';

/** Every step the case took, the newest first. */
export function History({ file }: { file: CaseFile }) {
  const t = useT();
  const words = useCaseWords();
  return (
    <Timeline
      items={[...file.history]
        .sort((a, b) => b.number - a.number)
        .map((entry) => ({
          key: entry.number,
          content: (
            <Flex vertical>
              <Flex gap={12} wrap>
                <Typography.Text strong>{words.step(entry.step)}</Typography.Text>
                {entry.from && entry.from !== entry.to ? (
                  <Typography.Text type="secondary">
                    {t('cases.fromTo', { from: words.state(entry.from), to: words.state(entry.to) })}
                  </Typography.Text>
                ) : null}
                <Typography.Text>{entry.actorName}</Typography.Text>
                <Typography.Text type="secondary">{dateTime(entry.at)}</Typography.Text>
              </Flex>
              {entry.reason ? (
                <Typography.Text style={{ whiteSpace: 'pre-wrap' }}>{entry.reason}</Typography.Text>
              ) : null}
            </Flex>
          ),
        }))}
    />
  );
}

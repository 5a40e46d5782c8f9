import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Flex, Typography } from 'antd';
import type { Notice } from './queries.ts';

interface Way {
  way?: string;
  ok?: boolean;
  sentTo?: string;
  error?: string;
  at?: string;
}
const waysOf = (proof: Notice['proof']): Way[] => (Array.isArray(proof.ways) ? (proof.ways as Way[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What was said, and what can be shown of how it was brought. */
export function NoticeProof({ notice }: { notice: Notice }) {
  const t = useT();
  const ways = waysOf(notice.proof);
  const by = [text(notice.proof.by), text(notice.proof.how)].filter(Boolean).join('：');
  const why = text(notice.proof.why) || text(notice.proof.error);
  return (
    <Flex vertical gap={4}>
      <Typography.Text>{notice.text}</Typography.Text>
      <Typography.Text type="secondary">
        {t('rent.proof')}：
        {ways.length > 0
          ? ways
              .map(
                ({ way = '', ok, sentTo = '', error = '', at }) =>
                  `${t(`rent.ways.${way}`)} ${ok ? sentTo : error} ${at ? dateTime(at) : ''}`,
              )
              .join('；')
          : by || (why === 'paid' ? t('rent.paidMeanwhile') : why) || '—'}
        {notice.endedAt ? ` · ${dateTime(notice.endedAt)}` : ''}
      </Typography.Text>
    </Flex>
  );
}

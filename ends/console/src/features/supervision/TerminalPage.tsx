import { dateTime } from '@keystead/ui/format';
import { useT, useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Card, Empty, Flex, Table, Tag, Typography } from 'antd';
import { useParams } from 'react-router';
import { AboutLink } from '../../parts/index.ts';
import { useLiveState } from '../../shell/live.ts';
import { said } from '../../shell/sdk.ts';
import { headline } from './shown.ts';
import { useReceive, useTerminals, useWarnings, type Warning } from './terminal-queries.ts';
import { WaitingCard } from './WaitingCard.tsx';

/** More than these are in the list below: who receives one sees the next. */
const mostLarge = 20;

/** What one terminal shows: warnings that wait for its receipt, large, and below what it had before. */
export default function TerminalPage() {
  const t = useT();
  const own = useTexts().language === 'en' ? 'en' : 'zh';
  const { id = '' } = useParams();
  const { data: terminals } = useTerminals();
  const { data, error } = useWarnings(id);
  const receive = useReceive(id);
  const hears = useLiveState() === 'open';
  const waiting = (data ?? []).filter(({ receivedAt }) => receivedAt === null);
  const title = (warning: Warning) => headline(warning.title[own], warning.subject);
  return (
    <Flex vertical gap={12}>
      <Flex gap={12} align="center" wrap>
        <Typography.Title level={4} style={{ margin: 0, marginRight: 'auto' }}>
          {terminals?.find((each) => each.id === id)?.name ?? t('supervision.terminals')}
        </Typography.Title>
        <Tag color={hears ? 'green' : 'default'}>
          {t(hears ? 'supervision.terminal.hears' : 'supervision.terminal.deaf')}
        </Tag>
      </Flex>
      {[error, receive.error].map((each) =>
        each ? <Alert key={said(each)} type="error" showIcon title={said(each)} /> : null,
      )}
      {waiting.length === 0 ? (
        <Card size="small">
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('supervision.terminal.quiet')} />
        </Card>
      ) : null}
      {waiting.slice(0, mostLarge).map((warning) => (
        <WaitingCard
          key={warning.alarm}
          warning={warning}
          isBusy={receive.isPending && receive.variables === warning.alarm}
          onReceive={receive.mutate}
        />
      ))}
      {waiting.length > mostLarge ? (
        <Typography.Text type="secondary">
          {t('supervision.terminal.more', { count: waiting.length - mostLarge })}
        </Typography.Text>
      ) : null}
      <Card size="small" title={t('supervision.terminal.receipts')}>
        <Table<Warning>
          size="small"
          rowKey="alarm"
          dataSource={data ?? []}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: t('supervision.none') }}
          columns={[
            {
              title: t('supervision.terminal.grade'),
              render: (_, { severity }) => <SeverityMark severity={severity} />,
            },
            {
              title: t('supervision.terminal.warning'),
              render: (_, warning) =>
                warning.test ? title(warning) : <AboutLink kind="alarm" id={warning.alarm} words={title(warning)} />,
            },
            { title: t('supervision.terminal.raisedAt'), render: (_, { raisedAt }) => dateTime(raisedAt) },
            { title: t('supervision.terminal.pushedAt'), render: (_, { pushedAt }) => dateTime(pushedAt) },
            {
              title: t('supervision.terminal.receivedAt'),
              render: (_, { receivedAt }) =>
                receivedAt ? dateTime(receivedAt) : <Tag>{t('supervision.terminal.waiting')}</Tag>,
            },
            { title: t('supervision.terminal.receivedBy'), render: (_, { receivedBy }) => receivedBy ?? '—' },
          ]}
        />
      </Card>
    </Flex>
  );
}

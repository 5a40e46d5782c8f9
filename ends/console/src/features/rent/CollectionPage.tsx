import { dateTime } from '@keystead/ui/format';
import { useT, useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Card, Empty, Flex, Select, Skeleton, Space, Table, Typography } from 'antd';
import { money, ReportSchedules, useAddress, useDownload } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useSubjectName } from './names.ts';
import { type CollectionLine, rentKey, useCollection } from './queries.ts';

const percent = (paid: number, due: number): string => (due > 0 ? `${((paid / due) * 100).toFixed(1)} %` : '—');

/** Collection of a month by kind of fee, frozen when the month was over, as a page and as files with the same figures. */
export default function CollectionPage() {
  const t = useT();
  const { language } = useTexts();
  const nameOf = useSubjectName();
  const { may } = useSession();
  const { get, put } = useAddress();
  const { data, error } = useCollection();
  const { busy, download } = useDownload();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  const report = data.find(({ period }) => period === get('period')) ?? data[0];
  const lines = report?.figures.lines ?? [];
  const sum = (of: keyof Omit<CollectionLine, 'subject'>) => lines.reduce((all, line) => all + line[of], 0);
  const total: CollectionLine = {
    subject: '',
    opening: sum('opening'),
    due: sum('due'),
    collectedCurrent: sum('collectedCurrent'),
    collectedEarlier: sum('collectedEarlier'),
  };
  const save = (format: 'pdf' | 'xlsx') =>
    report &&
    void download(`${t('rent.collection')} ${report.period}.${format}`, () =>
      sdk.bills.reportFile({
        params: { period: report.period },
        query: { format, language: language === 'en' ? 'en' : 'zh-CN' },
      }),
    );
  const amount = (of: keyof Omit<CollectionLine, 'subject'>) => ({
    align: 'right' as const,
    render: (_: unknown, row: CollectionLine) => money(row[of]),
  });
  return (
    <Flex vertical gap={16}>
      <Flex align="center" gap={12} wrap>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('rent.collection')}
        </Typography.Title>
        {report ? (
          <>
            <Select
              style={{ width: 140 }}
              aria-label={t('rent.period')}
              value={report.period}
              onChange={(period: string) => put({ period })}
              options={data.map(({ period }) => ({ value: period, label: period }))}
            />
            <Space style={{ marginInlineStart: 'auto' }}>
              <Button disabled={busy} onClick={() => save('pdf')}>
                PDF
              </Button>
              <Button disabled={busy} onClick={() => save('xlsx')}>
                XLSX
              </Button>
            </Space>
          </>
        ) : null}
      </Flex>
      <ReportSchedules
        queryKey={[...rentKey, 'schedules']}
        load={() => sdk.bills.schedules({})}
        {...(may('bill:run') ? { set: (report, body) => sdk.bills.setSchedule({ params: { report }, body }) } : {})}
      />
      {report ? (
        <Card
          size="small"
          title={`${t('rent.received')} ${money(report.figures.received)}`}
          extra={<Typography.Text type="secondary">{dateTime(report.at)}</Typography.Text>}
        >
          <Table<CollectionLine>
            size="small"
            pagination={false}
            dataSource={[...lines, total]}
            rowKey={(row) => row.subject || 'total'}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                title: t('rent.subject'),
                render: (_, row) => (row.subject ? nameOf(row.subject) : <strong>{t('rent.total')}</strong>),
              },
              { title: t('rent.opening'), ...amount('opening') },
              { title: t('rent.due'), ...amount('due') },
              { title: t('rent.collectedCurrent'), ...amount('collectedCurrent') },
              { title: t('rent.collectedEarlier'), ...amount('collectedEarlier') },
              {
                title: t('rent.rateCurrent'),
                align: 'right',
                render: (_, row) => percent(row.collectedCurrent, row.due),
              },
              {
                title: t('rent.rateAll'),
                align: 'right',
                render: (_, row) => percent(row.collectedCurrent + row.collectedEarlier, row.due + row.opening),
              },
            ]}
          />
        </Card>
      ) : (
        <Empty description={t('rent.noReport')} />
      )}
    </Flex>
  );
}

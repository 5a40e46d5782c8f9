import { dateTime, siteDate } from '@keystead/ui/format';
import { useT, useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Input, Select, Space, Table, Typography } from 'antd';
import { useState } from 'react';
import { ReportSchedules, useDownload } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Report, useMakeReport, useReports, useTemplates } from './report-queries.ts';

const formats = ['html', 'mobile', 'pdf', 'xlsx', 'data'] as const;
const endings = { html: 'html', mobile: 'html', pdf: 'pdf', xlsx: 'xlsx', data: 'json' } as const;

/** The month that is over at the site: what a report is asked for as a rule. */
const monthBefore = (): string => siteDate(-Number(siteDate().slice(8))).slice(0, 7);

/** Reports by the forms of the regions, each in every form it can be handed over, and when each is made by itself. */
export default function ReportsPage() {
  const t = useT();
  const { language } = useTexts();
  const { may } = useSession();
  const { data, error, isPending } = useReports();
  const { data: templates = [] } = useTemplates();
  const { busy, download } = useDownload();
  const [template, setTemplate] = useState<string>();
  const [month, setMonth] = useState(monthBefore);
  const make = useMakeReport();
  const own = language === 'en' ? 'en' : 'zh';
  const nameOf = (id: string): string => {
    const found = templates.find((each) => each.id === id);
    return found ? `${found.region[own]} · ${found.name[own]}` : id;
  };
  const files = (_: unknown, { id, month: of, template: name }: Report) => (
    <Space wrap>
      {formats.map((format) => (
        <Button
          key={format}
          size="small"
          disabled={busy}
          onClick={() =>
            void download(`${name}-${of}.${endings[format]}`, async () => {
              const file: unknown = await sdk.supervision.reportFile({ params: { id }, query: { format } });
              // What the region takes in comes as data; it goes out as the file it was, without a mark before it.
              return format === 'data' ? new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }) : file;
            })
          }
        >
          {t(`supervision.formats.${format}`)}
        </Button>
      ))}
    </Space>
  );
  return (
    <Flex vertical gap={12}>
      <Flex gap={12} wrap align="center">
        <Typography.Title level={4} style={{ margin: 0, marginRight: 'auto' }}>
          {t('supervision.reports')}
        </Typography.Title>
        {may('supervision:write') ? (
          <>
            <Select
              style={{ minWidth: 280 }}
              aria-label={t('supervision.template')}
              placeholder={t('supervision.template')}
              value={template}
              onChange={setTemplate}
              options={templates.map(({ id }) => ({ value: id, label: nameOf(id) }))}
            />
            <Input
              type="month"
              style={{ width: 170 }}
              aria-label={t('supervision.month')}
              value={month}
              onChange={(event) => setMonth(event.target.value)}
            />
            <Button
              type="primary"
              disabled={!template || !/^\d{4}-\d{2}$/.test(month)}
              loading={make.isPending}
              onClick={() => template && make.mutate({ template, month })}
            >
              {t('supervision.make')}
            </Button>
          </>
        ) : null}
      </Flex>
      {[error, make.error].map((each) =>
        each ? <Alert key={said(each)} type="error" showIcon title={said(each)} /> : null,
      )}
      <Card size="small" title={t('supervision.made')}>
        <Table<Report>
          size="small"
          rowKey="id"
          loading={isPending}
          dataSource={data ?? []}
          scroll={{ x: 900 }}
          locale={{ emptyText: t('supervision.noReports') }}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            { title: t('supervision.month'), dataIndex: 'month', width: 100 },
            { title: t('supervision.template'), dataIndex: 'template', render: nameOf },
            { title: t('supervision.number'), dataIndex: 'number' },
            { title: t('supervision.at'), dataIndex: 'at', width: 180, render: dateTime },
            {
              title: t('supervision.madeBy'),
              width: 130,
              // The platform itself made it, by its schedule.
              render: (_, { madeBy }) => (madeBy.startsWith('reporting.') ? t('supervision.bySchedule') : madeBy),
            },
            { title: t('supervision.files'), width: 340, render: files },
          ]}
        />
      </Card>
      <ReportSchedules
        queryKey={['supervision', 'schedules']}
        load={() => sdk.supervision.schedules({})}
        {...(may('supervision:write') && {
          set: (report, body) => sdk.supervision.setSchedule({ params: { report }, body }),
        })}
      />
    </Flex>
  );
}

import { dateTime } from '@keystead/ui/format';
import { useT, useTexts } from '@keystead/ui/i18n';
import { Alert, Table } from 'antd';
import { said } from '../../shell/sdk.ts';
import { lineWords } from './line-words.ts';
import { type LineEvent, useLineEvents } from './queries.ts';

/** What the agent told of its lines in the last days: breaks, losses, changes of way or of settings. */
export function LineEvents({ id }: { id: string }) {
  const t = useT();
  const { language } = useTexts();
  const { data, error, isPending } = useLineEvents(id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table<LineEvent>
      size="small"
      rowKey={(row) => `${row.time} ${row.event}`}
      loading={isPending}
      dataSource={data ?? []}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      locale={{ emptyText: t('fleet.noLineEvents') }}
      columns={[
        { title: t('fleet.lineEventAt'), width: 190, render: (_, row) => dateTime(row.time) },
        { title: t('fleet.lineEvent'), width: 200, render: (_, { name }) => (language === 'en' ? name.en : name.zh) },
        {
          title: t('fleet.lineEventDetail'),
          render: (_, { event, data: detail }) => lineWords(t, event, detail),
        },
      ]}
    />
  );
}

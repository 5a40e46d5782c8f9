import { useT, useTexts } from '@keystead/ui/i18n';
import { Alert, Card, Table, Tag } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type Board, type Measure, useFiguresOf } from './queries.ts';
import { changeShown, shown } from './shown.ts';

interface CompareProps {
  measures: readonly Measure[];
  now: Board['figures'];
  place: string | undefined;
  /** `YYYY-MM-DD`. */
  day: string;
}

/** The figures of now beside those of a day that is over: as they were told then, where they were kept. */
export function Compare({ measures, now, place, day }: CompareProps) {
  const t = useT();
  const own = useTexts().language === 'en' ? 'en' : 'zh';
  const { data, error, isPending } = useFiguresOf(place, day);
  const rows = measures.map((measure) => ({
    measure,
    now: now.find((figure) => figure.measure === measure.id)?.value ?? null,
    before: data?.find((figure) => figure.measure === measure.id),
  }));
  return (
    <Card size="small" title={t('supervision.compareWith', { day })}>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <Table
        size="small"
        rowKey={({ measure }) => measure.id}
        loading={isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('supervision.measure'), render: (_, { measure }) => measure.name[own] },
          {
            title: t('supervision.now'),
            align: 'right',
            render: (_, { measure, now: value }) => shown(measure.unit, value),
          },
          {
            title: day,
            align: 'right',
            render: (_, { measure, before }) => shown(measure.unit, before?.value ?? null),
          },
          {
            title: t('supervision.change'),
            align: 'right',
            render: (_, { measure, now: value, before }) =>
              `${changeShown(measure.unit, value, before?.value ?? null)}${measure.unit === 'ratio' ? ` ${t('supervision.points')}` : ''}`,
          },
          {
            title: t('supervision.basis'),
            render: (_, { before }) =>
              before ? <Tag>{t(before.frozen ? 'supervision.frozen' : 'supervision.workedOut')}</Tag> : null,
          },
        ]}
      />
    </Card>
  );
}

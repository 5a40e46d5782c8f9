import { LineChartOutlined } from '@ant-design/icons';
import { ago, dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { QualityMark } from '@keystead/ui/quality';
import { Alert, Button, Empty, Table, Typography } from 'antd';
import { Link } from 'react-router';
import { useNow } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import type { Property } from '../queries.ts';
import { named, useValueWords } from '../words.ts';
import { type Point, useLatest } from './latest.ts';
import type { ThingTabProps } from './tab-props.ts';

interface Row {
  property: Property;
  point: Point | undefined;
}

/** What a thing says now, property by property, as it comes. */
export function LiveTab({ thing, model }: ThingTabProps) {
  const { t, language } = useTexts();
  const words = useValueWords();
  const now = useNow(5);
  const { data, error, isPending } = useLatest(thing.id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  const rows: Row[] = (model?.properties ?? []).map((property) => ({ property, point: data?.values[property.id] }));
  return (
    <Table<Row>
      size="middle"
      rowKey={(row) => row.property.id}
      loading={isPending || model === undefined}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noProperties')} /> }}
      columns={[
        {
          title: t('things.property'),
          width: 300,
          render: (_, { property }) => (
            <>
              {named(property.name, language)} <Typography.Text type="secondary">{property.id}</Typography.Text>
            </>
          ),
        },
        {
          title: t('things.value'),
          width: 200,
          align: 'right',
          render: (_, { property, point }) => (
            <Typography.Text strong style={{ fontSize: 16, fontVariantNumeric: 'tabular-nums' }}>
              {words(property, point?.value)}
            </Typography.Text>
          ),
        },
        {
          title: t('things.quality'),
          render: (_, { point }) => (point ? <QualityMark quality={point.quality} reason={point.reason} /> : null),
        },
        {
          title: t('things.time'),
          render: (_, { point }) =>
            point ? <span title={dateTime(point.time)}>{ago(point.time, language, now)}</span> : t('things.never'),
        },
        {
          title: '',
          width: 110,
          render: (_, { property }) => (
            <Link to={`/things/${thing.id}?tab=history&property=${encodeURIComponent(property.id)}`}>
              <Button size="small" type="text" icon={<LineChartOutlined />}>
                {t('things.tab.history')}
              </Button>
            </Link>
          ),
        },
      ]}
    />
  );
}

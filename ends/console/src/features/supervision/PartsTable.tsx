import { useT } from '@keystead/ui/i18n';
import { Button, Table } from 'antd';
import { type Measure, useParts, useRows } from './queries.ts';
import { shown } from './shown.ts';

interface PartsProps {
  measure: Measure;
  place: string | undefined;
  onEnter(place: { id: string; name: string }): void;
}

/** A figure by the places of the next level; a click goes down to it. A house shows its rows. */
export function PartsTable({ measure, place, onEnter }: PartsProps) {
  const t = useT();
  const { data, isPending } = useParts(measure.id, place);
  const lowest = data?.children.length === 0;
  const { data: found } = useRows(measure.id, place, lowest === true);
  if (lowest)
    return (
      <Table
        size="small"
        rowKey="ref"
        dataSource={found?.items ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: t('supervision.row'), dataIndex: 'ref' },
          { title: t('supervision.place'), dataIndex: 'name' },
          { title: t('supervision.num'), dataIndex: 'num', align: 'right' },
          { title: t('supervision.den'), dataIndex: 'den', align: 'right' },
        ]}
      />
    );
  return (
    <Table
      size="small"
      rowKey="id"
      loading={isPending}
      dataSource={data?.children ?? []}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      columns={[
        {
          title: t('supervision.place'),
          dataIndex: 'name',
          render: (_, { id, name }) => (
            <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onEnter({ id, name })}>
              {name}
            </Button>
          ),
        },
        { title: t('supervision.value'), align: 'right', render: (_, { value }) => shown(measure.unit, value) },
        { title: t('supervision.num'), dataIndex: 'num', align: 'right' },
        { title: t('supervision.den'), dataIndex: 'den', align: 'right' },
        { title: t('supervision.rows'), dataIndex: 'rows', align: 'right' },
      ]}
    />
  );
}

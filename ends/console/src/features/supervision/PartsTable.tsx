import { useT } from '@keystead/ui/i18n';
import { Button, Table } from 'antd';
import { type Measure, useParts } from './queries.ts';
import { RowsTable } from './RowsTable.tsx';
import { shown, sumsShown } from './shown.ts';

interface PartsProps {
  measure: Measure;
  place: string | undefined;
  onEnter(place: string): void;
}

/** A figure by the places of the next level; a click goes down to it. A house shows its rows. */
export function PartsTable({ measure, place, onEnter }: PartsProps) {
  const t = useT();
  const { data, isPending } = useParts(measure.id, place);
  if (data?.children.length === 0) return <RowsTable measure={measure} place={place} />;
  const { itself } = data ?? {};
  const rows = [
    ...(data?.children ?? []),
    ...(itself && itself.rows > 0 ? [{ id: '', name: t('supervision.itself'), value: null, ...itself }] : []),
  ];
  return (
    <Table
      size="small"
      rowKey="id"
      loading={isPending}
      dataSource={rows}
      pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t('supervision.place'),
          dataIndex: 'name',
          render: (_, { id, name }) =>
            id === '' ? (
              name
            ) : (
              <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onEnter(id)}>
                {name}
              </Button>
            ),
        },
        {
          title: t('supervision.value'),
          align: 'right',
          sorter: (a, b) => (a.value ?? -1) - (b.value ?? -1),
          render: (_, { value }) => shown(measure.unit, value),
        },
        { title: t('supervision.num'), align: 'right', render: (_, row) => sumsShown(measure, row)[0] },
        { title: t('supervision.den'), align: 'right', render: (_, row) => sumsShown(measure, row)[1] },
        { title: t('supervision.rows'), dataIndex: 'rows', align: 'right' },
      ]}
    />
  );
}

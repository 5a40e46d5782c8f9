import { useT } from '@keystead/ui/i18n';
import { Table } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { billColumns } from './bill-columns.tsx';
import { type BillRow, useBills } from './queries.ts';

/** Bills of one lease. */
export function BillTable({ agreement }: { agreement: string }) {
  const t = useT();
  const navigate = useNavigate();
  const list = useBills({ agreement });
  const rows = useMemo(() => list.data?.pages.flat(), [list.data]);
  return (
    <Table<BillRow>
      size="small"
      pagination={false}
      loading={list.isPending}
      dataSource={rows}
      rowKey={(row) => row.id}
      columns={billColumns(t)}
      onRow={(row) => ({ onClick: () => void navigate(`/bills/${row.id}`), style: { cursor: 'pointer' } })}
    />
  );
}

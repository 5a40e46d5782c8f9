import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { useNavigate } from 'react-router';
import { billColumns } from './bill-columns.tsx';
import { pagedList } from './paged-list.ts';
import { type BillRow, useBills } from './queries.ts';

/** Bills of one lease. */
export function BillTable({ agreement }: { agreement: string }) {
  const t = useT();
  const navigate = useNavigate();
  const list = useBills({ agreement });
  return (
    <ListPage<BillRow>
      {...pagedList(list)}
      rowKey={(row) => row.id}
      columns={billColumns(t)}
      onOpen={(row) => void navigate(`/bills/${row.id}`)}
      empty={t('rent.noBillYet')}
    />
  );
}

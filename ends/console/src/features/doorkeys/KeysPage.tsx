import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Drawer, Flex, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { PlaceChoice, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { IssueDialog } from './IssueDialog.tsx';
import { KeyCard } from './KeyCard.tsx';
import { type Key, useKeys } from './queries.ts';
import { UseTable } from './UseTable.tsx';

const colours: Record<Key['state'], string> = {
  issuing: 'processing',
  working: 'success',
  frozen: 'warning',
  resting: 'default',
  ended: 'default',
};

/** Keys of a house, who used which, and how far the freeze ladder got. */
export default function KeysPage() {
  const t = useT();
  const { get, put } = useAddress();
  const [issuing, setIssuing] = useState(false);
  const house = get('house');
  const list = useKeys(house);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const open = rows?.find(({ id }) => id === get('key'));
  return (
    <>
      <ListPage<Key>
        title={t('doorkeys.title')}
        query={
          <Flex wrap gap={8}>
            <PlaceChoice
              value={house}
              onChange={(id) => put({ house: id })}
              placeholder={t('doorkeys.house')}
              style={{ minWidth: 240 }}
            />
            <Button onClick={() => put({ log: 'yes' })}>{t('doorkeys.log')}</Button>
            <Button type="primary" disabled={!house} onClick={() => setIssuing(true)}>
              {t('doorkeys.issue')}
            </Button>
          </Flex>
        }
        columns={[
          { title: t('doorkeys.label'), width: 140, dataIndex: 'label' },
          { title: t('doorkeys.holder'), width: 120, dataIndex: 'holderName' },
          { title: t('doorkeys.kind'), width: 100, render: (_, row) => t(`doorkeys.kinds.${row.kind}`) },
          { title: t('doorkeys.pattern'), width: 100, render: (_, row) => t(`doorkeys.patterns.${row.pattern}`) },
          {
            title: t('doorkeys.state'),
            width: 110,
            render: (_, row) => <Tag color={colours[row.state]}>{t(`doorkeys.states.${row.state}`)}</Tag>,
          },
          {
            title: t('doorkeys.until'),
            width: 170,
            render: (_, row) => dateTime(row.locks.find(({ wanted }) => wanted === 'valid')?.until ?? row.validUntil),
          },
          { title: t('doorkeys.used'), width: 80, dataIndex: 'used' },
          { title: t('doorkeys.issuedAt'), width: 170, render: (_, row) => dateTime(row.issuedAt) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ key: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t('doorkeys.empty')}
      />
      <Drawer open={open !== undefined} onClose={() => put({ key: undefined })} size={520} title={open?.label}>
        {open ? <KeyCard row={open} /> : null}
      </Drawer>
      <Drawer
        open={get('log') === 'yes'}
        onClose={() => put({ log: undefined })}
        size={860}
        title={t('doorkeys.log')}
        destroyOnHidden
      >
        <UseTable house={house} />
      </Drawer>
      {issuing && house ? <IssueDialog house={house} onClose={() => setIssuing(false)} /> : null}
    </>
  );
}

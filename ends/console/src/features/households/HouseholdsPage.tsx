import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Input, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { NameText, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type HouseholdRow, useHouseholds } from './queries.ts';

/** Household files, newest first. What is personal is masked here and shown in the file for a reason only. */
export default function HouseholdsPage() {
  const t = useT();
  const go = useNavigate();
  const { may } = useSession();
  const { get, put } = useAddress();
  const text = get('text');
  const list = useHouseholds(text);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return (
    <ListPage<HouseholdRow>
      title={t('households.title')}
      actions={
        may('eligibility:write') ? (
          <Button type="primary" onClick={() => void go('/households/new')}>
            {t('households.newApplication')}
          </Button>
        ) : null
      }
      query={
        <Input.Search
          allowClear
          defaultValue={text ?? ''}
          placeholder={t('households.find')}
          aria-label={t('households.find')}
          style={{ width: 260 }}
          onSearch={(value) => put({ text: value || undefined })}
        />
      }
      columns={[
        {
          title: t('households.code'),
          width: 140,
          render: (_, row) => <Typography.Text code>{row.code}</Typography.Text>,
        },
        { title: t('households.name'), render: (_, row) => <NameText party={row.id} name={row.party.name} /> },
        {
          title: t('households.tags'),
          render: (_, row) => row.tags.map((tag) => <Tag key={tag}>{tag}</Tag>),
        },
        { title: t('households.openedBy'), width: 120, render: (_, row) => t(`households.openings.${row.openedBy}`) },
        { title: t('households.openedAt'), width: 170, render: (_, row) => dateTime(row.openedAt) },
      ]}
      rows={rows}
      rowKey={(row) => row.id}
      loading={list.isPending || list.isFetchingNextPage}
      error={list.error ? said(list.error) : undefined}
      onReload={() => void list.refetch()}
      onOpen={(row) => void go(`/households/${row.id}`)}
      more={list.hasNextPage}
      onMore={() => void list.fetchNextPage()}
      empty={t(text ? 'households.emptyFiltered' : 'households.empty')}
    />
  );
}

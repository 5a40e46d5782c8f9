import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Input, Select, Space, Tag } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { NameText, oneOf, PlaceName, useAddress } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import { NewLease } from './NewLease.tsx';
import { pagedList } from './paged-list.ts';
import { type LeaseRow, useLeases } from './queries.ts';

const states = [
  'draft',
  'pending-tenant',
  'pending-lessor',
  'signed',
  'effective',
  'expiring',
  'holdover',
  'ended',
  'archived',
  'void',
] as const;

/** All leases: whose, of which house, until when, and how they stand. */
export default function LeasesPage() {
  const t = useT();
  const { may } = useSession();
  const navigate = useNavigate();
  const { get, put } = useAddress();
  const [adding, setAdding] = useState(false);
  const [text, state] = [get('text'), oneOf(states, get('state'))];
  const list = useLeases({ ...(text && { text }), ...(state && { state }) });
  const party = (row: LeaseRow) => row.parties.find((each) => each.role === 'tenant');

  return (
    <>
      <ListPage<LeaseRow>
        title={t('rent.leases')}
        actions={
          may('lease:write') ? (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('rent.newLease')}
            </Button>
          ) : null
        }
        query={
          <Space wrap>
            <Input.Search
              allowClear
              placeholder={t('rent.searchLease')}
              aria-label={t('rent.searchLease')}
              style={{ width: 260 }}
              defaultValue={text}
              onSearch={(value) => put({ text: value })}
            />
            <Select
              allowClear
              style={{ width: 160 }}
              placeholder={t('rent.state')}
              aria-label={t('rent.state')}
              value={state}
              onChange={(value?: string) => put({ state: value })}
              options={states.map((value) => ({ value, label: t(`rent.states.${value}`) }))}
            />
          </Space>
        }
        columns={[
          { title: t('rent.code'), width: 160, render: (_, row) => row.code },
          {
            title: t('rent.tenant'),
            render: (_, row) => <NameText party={party(row)?.party} name={party(row)?.name ?? '—'} />,
          },
          { title: t('rent.house'), render: (_, row) => <PlaceName id={row.house} /> },
          { title: t('rent.from'), width: 120, render: (_, row) => row.startsOn },
          { title: t('rent.until'), width: 120, render: (_, row) => row.endsOn },
          { title: t('rent.state'), width: 130, render: (_, row) => <Tag>{t(`rent.states.${row.state}`)}</Tag> },
        ]}
        {...pagedList(list)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate(`/leases/${row.id}`)}
        empty={t('rent.noLease')}
      />
      {adding ? <NewLease onClose={() => setAdding(false)} /> : null}
    </>
  );
}

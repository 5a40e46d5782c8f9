import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Card, Flex, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { PersonDrawer } from './PersonDrawer.tsx';
import { type CarePerson, usePeople, type VisitState, visitStates } from './queries.ts';
import { VisitTable } from './VisitTable.tsx';

/** People in need of care and their visits; nobody without the care role comes here. */
export default function CarePage() {
  const t = useT();
  const people = usePeople();
  const { get, put } = useAddress();
  const [state, setState] = useState<VisitState>('overdue');
  return (
    <Flex vertical gap={16}>
      <ListPage<CarePerson>
        title={t('care.title')}
        columns={[
          {
            title: t('care.person'),
            render: (_, row) => row.name,
          },
          {
            title: t('care.kinds'),
            render: (_, row) => row.kinds.map((kind) => <Tag key={kind}>{t(`care.marks.${kind}`)}</Tag>),
          },
          { title: t('care.lastServed'), render: (_, row) => dateTime(row.lastServed) },
        ]}
        rows={people.data}
        rowKey={(row) => row.person}
        loading={people.isPending}
        error={people.error ? said(people.error) : undefined}
        onReload={() => void people.refetch()}
        empty={t('care.empty')}
        onOpen={(row) => put({ person: row.person })}
      />
      <Card
        size="small"
        title={t('care.visits')}
        extra={
          <Segmented<VisitState>
            value={state}
            onChange={setState}
            options={visitStates.map((each) => ({ value: each, label: t(`care.states.${each}`) }))}
          />
        }
      >
        <VisitTable state={state} people={people.data ?? []} />
      </Card>
      <PersonDrawer
        person={people.data?.find(({ person }) => person === get('person'))}
        onClose={() => put({ person: undefined })}
      />
    </Flex>
  );
}

import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Drawer, Flex, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { RemoveButton } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PlanDialog } from './PlanDialog.tsx';
import { type CarePerson, useAids, useEndPlan, useLedger, usePlans } from './queries.ts';
import { ServiceDialog } from './ServiceDialog.tsx';

/** Who is visited how often. */
function Plans({ of, writes }: { of: CarePerson; writes: boolean }) {
  const t = useT();
  const { data = [], isPending } = usePlans();
  const end = useEndPlan();
  const [adding, setAdding] = useState(false);
  return (
    <section>
      <Flex justify="space-between" align="center" style={{ marginBottom: 8 }}>
        <Typography.Title level={5} style={{ margin: 0 }}>
          {t('care.plans')}
        </Typography.Title>
        {writes ? (
          <Button size="small" onClick={() => setAdding(true)}>
            {t('care.addPlan')}
          </Button>
        ) : null}
      </Flex>
      {end.error ? <Alert type="error" showIcon title={said(end.error)} /> : null}
      <Table
        size="small"
        rowKey={({ id }) => id}
        loading={isPending}
        dataSource={data.filter(({ person }) => person === of.person)}
        pagination={false}
        locale={{ emptyText: t('care.noPlan') }}
        columns={[
          {
            title: t('care.cycle'),
            render: (_, { every, interval }) => t(`care.every.${every}`, { count: interval }),
          },
          { title: t('care.worker'), render: (_, { worker }) => worker },
          { title: t('care.since'), render: (_, { from }) => from },
          {
            title: '',
            width: 80,
            render: (_, { id }) =>
              writes ? (
                <RemoveButton text={t('care.end')} sure={t('care.endAsk')} onConfirm={() => end.mutate(id)} />
              ) : null,
          },
        ]}
      />
      {adding ? <PlanDialog person={of.person} onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

/** What was done for the person; that one looked is kept. */
function Ledger({ of, writes }: { of: CarePerson; writes: boolean }) {
  const t = useT();
  const { data, error, isPending } = useLedger(of.person);
  const [logging, setLogging] = useState(false);
  return (
    <section>
      <Flex justify="space-between" align="center" style={{ marginBottom: 8 }}>
        <Typography.Title level={5} style={{ margin: 0 }}>
          {t('care.ledger')}
        </Typography.Title>
        {writes ? (
          <Button size="small" onClick={() => setLogging(true)}>
            {t('care.addService')}
          </Button>
        ) : null}
      </Flex>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <Table
        size="small"
        rowKey={({ id }) => id}
        loading={isPending}
        dataSource={data ?? []}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        locale={{ emptyText: t('care.noService') }}
        columns={[
          { title: t('care.at'), width: 170, render: (_, { at }) => dateTime(at) },
          { title: t('care.service'), width: 110, render: (_, { kind }) => t(`care.services.${kind}`) },
          { title: t('care.what'), render: (_, { note }) => note ?? '—' },
          { title: t('care.by'), width: 130, render: (_, { byName }) => byName },
        ]}
      />
      {logging ? <ServiceDialog person={of.person} onClose={() => setLogging(false)} /> : null}
    </section>
  );
}

/** One person in need of care: visit plans, the ledger of services, devices. */
export function PersonDrawer({ person, onClose }: { person: CarePerson | undefined; onClose(): void }) {
  const t = useT();
  const { may } = useSession();
  const writes = may('care:write');
  const { data: aids = [] } = useAids(person !== undefined);
  const own = aids.filter((aid) => aid.person === person?.person);
  return (
    <Drawer open={person !== undefined} size={720} onClose={onClose} title={person?.name}>
      {person ? (
        <Flex vertical gap={16}>
          <Flex gap={8} wrap align="center">
            {person.kinds.map((kind) => (
              <Tag key={kind} style={{ margin: 0 }}>
                {t(`care.marks.${kind}`)}
              </Tag>
            ))}
            <Link to={`/households/${person.household}`}>{t('care.openHousehold')}</Link>
          </Flex>
          <Plans of={person} writes={writes} />
          <Ledger key={person.person} of={person} writes={writes} />
          {own.length > 0 ? (
            <section>
              <Typography.Title level={5}>{t('care.aids')}</Typography.Title>
              {own.map(({ id, thing, linkedAt }) => (
                <div key={id}>
                  <Link to={`/things/${thing}`}>{t('care.openAid')}</Link> · {dateTime(linkedAt)}
                </div>
              ))}
            </section>
          ) : null}
        </Flex>
      ) : null}
    </Drawer>
  );
}

import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Descriptions, Flex, Input, Steps, Table, Tag } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { type Key, useLadder, useStep, type Verb } from './queries.ts';

const rungs = ['none', 'guests', 'gates', 'door'] as const;

/** How far the ladder has got for the household, and when the clock moves it on. */
function LadderSteps({ household }: { household: string }) {
  const t = useT();
  const { data } = useLadder(household);
  if (!data) return null;
  const when = { none: null, ...(data.at ?? { guests: null, gates: null, door: null }) };
  return (
    <Steps
      size="small"
      orientation="vertical"
      current={rungs.indexOf(data.rung)}
      items={rungs.map((rung) => ({ title: t(`doorkeys.rungs.${rung}`), content: dateTime(when[rung]) }))}
    />
  );
}

/** One key: its locks, what can be done with it, the ladder of its household. */
export function KeyCard({ row }: { row: Key }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const step = useStep();
  const offered: Verb[] = row.endedAt ? [] : [row.frozenAt ? 'unfreeze' : 'freeze', 'revoke'];
  return (
    <Flex vertical gap={16}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'holder', label: t('doorkeys.holder'), children: row.holderName },
          { key: 'kind', label: t('doorkeys.kind'), children: t(`doorkeys.kinds.${row.kind}`) },
          { key: 'state', label: t('doorkeys.state'), children: t(`doorkeys.states.${row.state}`) },
          ...(row.frozenFor ? [{ key: 'why', label: t('doorkeys.reason'), children: row.frozenFor }] : []),
        ]}
      />
      <Table<Key['locks'][number]>
        size="small"
        dataSource={row.locks}
        rowKey={(lock) => lock.thing}
        pagination={false}
        locale={{ emptyText: t('doorkeys.noLocks') }}
        columns={[
          { title: t('doorkeys.lock'), dataIndex: 'thingCode' },
          { title: t('doorkeys.until'), render: (_, lock) => (lock.wanted === 'valid' ? dateTime(lock.until) : '') },
          {
            title: t('doorkeys.inLock'),
            render: (_, lock) => (
              <Tag color={lock.confirmed ? 'success' : 'processing'}>
                {t(`doorkeys.wanted.${lock.wanted}`)} · {t(lock.confirmed ? 'doorkeys.readBack' : 'doorkeys.underWay')}
              </Tag>
            ),
          },
        ]}
      />
      {offered.length > 0 ? (
        <Flex gap={8}>
          <Input
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            placeholder={t('doorkeys.reason')}
            aria-label={t('doorkeys.reason')}
            maxLength={500}
          />
          {offered.map((verb) => (
            <Button
              key={verb}
              danger={verb === 'revoke'}
              disabled={reason.trim() === ''}
              loading={step.isPending}
              onClick={() => step.mutate({ id: row.id, verb, reason })}
            >
              {t(`doorkeys.verbs.${verb}`)}
            </Button>
          ))}
        </Flex>
      ) : null}
      {step.error ? <Alert type="error" showIcon title={said(step.error)} /> : null}
      <LadderSteps household={row.household} />
    </Flex>
  );
}

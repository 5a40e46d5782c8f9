import { KeyValue } from '@keystead/ui/facts';
import { useT } from '@keystead/ui/i18n';
import { Card, Flex, Table, Typography } from 'antd';
import { money } from '../../parts/index.ts';
import { Payout } from './Payout.tsx';
import type { Exit } from './queries.ts';
import { useSubjectName } from './subject.ts';
import { TransitionSettled } from './Transition.tsx';

/** The last account: what was charged, what the deposit paid, what goes back. */
export function SettlementCard({ lease, settlement }: { lease: string; settlement: NonNullable<Exit['settlement']> }) {
  const t = useT();
  const nameOf = useSubjectName();
  const { lines, prepaid, deposit, refunded, owed, channel, transition } = settlement;
  const open = lines.reduce((sum, { amount, settled }) => sum + amount - settled, 0);
  return (
    <Card size="small" title={t('exits.trail.settle')}>
      <Flex vertical gap={12}>
        <Table
          size="small"
          pagination={false}
          rowKey={(row) => `${row.subject} ${row.period} ${row.transition}`}
          dataSource={lines}
          columns={[
            {
              title: t('exits.subject'),
              render: (_, row) =>
                row.transition ? t('exits.transition.of', { subject: nameOf(row.subject) }) : nameOf(row.subject),
            },
            { title: t('exits.period'), width: 120, render: (_, row) => row.period },
            { title: t('exits.charged'), align: 'right', render: (_, row) => money(row.amount) },
            { title: t('exits.paid'), align: 'right', render: (_, row) => money(row.settled) },
            { title: t('exits.unpaid'), align: 'right', render: (_, row) => money(row.amount - row.settled) },
          ]}
          summary={() => (
            <Table.Summary.Row>
              <Table.Summary.Cell index={0} colSpan={4}>
                <Typography.Text strong>{t('exits.sum')}</Typography.Text>
              </Table.Summary.Cell>
              <Table.Summary.Cell index={4} align="right">
                <Typography.Text strong>{money(open)}</Typography.Text>
              </Table.Summary.Cell>
            </Table.Summary.Row>
          )}
        />
        {transition ? <TransitionSettled of={transition} /> : null}
        <KeyValue
          columns={3}
          facts={[
            { key: 'deposit', label: t('exits.deposit'), value: money(deposit) },
            { key: 'prepaid', label: t('exits.prepaid'), value: money(prepaid) },
            { key: 'open', label: t('exits.unpaid'), value: money(open) },
            {
              key: 'refund',
              label: t('exits.refunded'),
              value: (
                <Flex gap={8} wrap>
                  {`${money(refunded)} · ${t(`exits.channels.${channel}`)}`}
                  {refunded > 0 ? <Payout lease={lease} /> : null}
                </Flex>
              ),
            },
            {
              key: 'owed',
              label: t('exits.owed'),
              value: owed > 0 ? <Typography.Text type="danger">{money(owed)}</Typography.Text> : money(owed),
            },
          ]}
        />
      </Flex>
    </Card>
  );
}

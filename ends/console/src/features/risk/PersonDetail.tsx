import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Input, Table, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useReveal, type Warning } from './queries.ts';

const shown = (value: number | null): string => (value === null ? '—' : String(Math.round(value * 10) / 10));

/** What stands behind the sums, and whom the contract names: only once a case is open, for a reason that is kept. */
export function PersonDetail({ of }: { of: Warning }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const reveal = useReveal(of.id);
  if (!of.caseId) return <Alert type="info" showIcon title={t('risk.caseFirst')} />;
  if (!reveal.data)
    return (
      <Flex vertical gap={8}>
        <Typography.Text type="secondary">{t('risk.revealNote')}</Typography.Text>
        {reveal.error ? <Alert type="error" showIcon title={said(reveal.error)} /> : null}
        <Flex gap={8}>
          <Input
            value={reason}
            maxLength={200}
            aria-label={t('risk.revealReason')}
            placeholder={t('risk.revealReason')}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button disabled={!reason.trim()} loading={reveal.isPending} onClick={() => reveal.mutate(reason.trim())}>
            {t('risk.reveal')}
          </Button>
        </Flex>
      </Flex>
    );
  const { days, tenants } = reveal.data;
  return (
    <Flex vertical gap={8}>
      {tenants.map(({ party, name, members }) => (
        <Typography.Text key={party}>{t('risk.tenant', { name, members })}</Typography.Text>
      ))}
      <Table
        size="small"
        rowKey={({ ago }) => ago}
        dataSource={days.map((day, n) => ({ ...day, ago: days.length - n })).toReversed()}
        pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('risk.daysAgo'), render: (_, { ago }) => ago },
          { title: t('risk.facts.entries'), align: 'right', render: (_, day) => day.entries },
          { title: t('risk.night'), align: 'right', render: (_, day) => day.night },
          { title: t('risk.users'), align: 'right', render: (_, day) => day.users },
          { title: t('risk.facts.lock-troubles'), align: 'right', render: (_, day) => day.trouble },
          { title: t('risk.facts.water-a-day'), align: 'right', render: (_, day) => shown(day.water) },
          { title: t('risk.facts.electricity-a-day'), align: 'right', render: (_, day) => shown(day.electricity) },
        ]}
      />
    </Flex>
  );
}

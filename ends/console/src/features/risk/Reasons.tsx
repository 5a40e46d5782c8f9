import { useT } from '@keystead/ui/i18n';
import { Table } from 'antd';
import { byHand, factShown } from './fact.ts';
import type { Warning } from './queries.ts';

/** Why the warning was given: each fact with its value and what it was held against. */
export function Reasons({ of }: { of: Warning }) {
  const t = useT();
  return (
    <Table
      size="small"
      rowKey={({ fact }) => fact}
      dataSource={of.reasons}
      pagination={false}
      columns={[
        { title: t('risk.fact'), render: (_, { fact }) => t(`risk.facts.${fact}`) },
        {
          title: t('risk.value'),
          align: 'right',
          render: (_, { fact, value }) => (byHand(fact) ? '—' : factShown(fact, value)),
        },
        {
          title: t('risk.limit'),
          align: 'right',
          render: (_, { fact, limit }) => (byHand(fact) ? '—' : factShown(fact, limit)),
        },
      ]}
    />
  );
}

import { useT } from '@keystead/ui/i18n';
import { Flex, Table, Typography } from 'antd';
import { LinkIfMay } from '../../parts/index.ts';
import { byHand, factShown } from './fact.ts';
import type { Warning } from './queries.ts';

/** The number of the policy the limit comes from, and where that stands written. */
function ByPolicy({ of }: { of: NonNullable<Warning['reasons'][number]['policy']> }) {
  const t = useT();
  return (
    <Typography.Text type="secondary">
      {t(`risk.policies.${of.rule}`, { value: of.value })}{' '}
      <LinkIfMay right="policy:read" to={`/policy?pack=${of.pack}`}>
        {of.source}
      </LinkIfMay>
    </Typography.Text>
  );
}

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
        {
          title: t('risk.fact'),
          render: (_, { fact, policy }) => (
            <Flex vertical>
              {t(`risk.facts.${fact}`)}
              {policy ? <ByPolicy of={policy} /> : null}
            </Flex>
          ),
        },
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

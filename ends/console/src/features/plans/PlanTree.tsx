import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Skeleton, Table, Typography } from 'antd';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { systems, useTree } from './queries.ts';

/** Plans by period (rows) and system (columns). */
export function PlanTree() {
  const t = useT();
  const { put } = useAddress();
  const { data, error } = useTree();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  return (
    <Table
      size="small"
      bordered
      pagination={false}
      rowKey={(row) => row.cycle}
      dataSource={data.items}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('plans.cycleLabel'), width: 90, render: (_, row) => t(`plans.cycle.${row.cycle}`) },
        ...systems.map((system) => ({
          title: t(`plans.system.${system}`),
          key: system,
          render: (_: unknown, row: (typeof data.items)[number]) => (
            <Flex vertical>
              {row.systems
                .find((each) => each.system === system)
                ?.plans.map((plan) => (
                  <Typography.Link key={plan.id} disabled={!plan.enabled} onClick={() => put({ plan: plan.id })}>
                    {plan.name}
                  </Typography.Link>
                ))}
            </Flex>
          ),
        })),
      ]}
    />
  );
}

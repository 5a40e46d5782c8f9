import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Form, Input, Progress, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { money, NameText } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { type PaymentPlan, usePaymentPlans } from './queries.ts';

const colours: Record<PaymentPlan['state'], string> = {
  running: 'processing',
  'paid-off': 'success',
  broken: 'error',
  ended: 'default',
};
const today = (): string => new Date().toISOString().slice(0, 10);

function Parts({ plan }: { plan: PaymentPlan }) {
  const t = useT();
  const state = (part: PaymentPlan['instalments'][number]) =>
    part.paid === part.amount ? 'paid' : part.dueOn < today() ? 'late' : 'open';
  return (
    <Table
      size="small"
      pagination={false}
      dataSource={plan.instalments}
      rowKey={(row) => row.number}
      columns={[
        { title: t('rent.plan.part'), width: 80, render: (_, row) => row.number },
        { title: t('rent.dueOn'), render: (_, row) => row.dueOn },
        { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
        { title: t('rent.settled'), align: 'right', render: (_, row) => money(row.paid) },
        {
          title: t('rent.state'),
          render: (_, row) => (
            <Tag color={{ paid: 'success', late: 'error', open: 'default' }[state(row)]}>
              {t(`rent.billStates.${state(row)}`)}
            </Tag>
          ),
        },
      ]}
    />
  );
}

/** Payment plans: how far each has got; a part past its day breaks its plan. */
export function Plans({ agreement }: { agreement?: string }) {
  const t = useT();
  const { may } = useSession();
  const { data, error, isPending } = usePaymentPlans(agreement);
  const [ending, setEnding] = useState<string>();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <>
      <Table<PaymentPlan>
        size="small"
        loading={isPending}
        dataSource={data}
        rowKey={(row) => row.id}
        locale={{ emptyText: t('rent.plan.none') }}
        scroll={{ x: 'max-content' }}
        expandable={{ expandedRowRender: (row) => <Parts plan={row} /> }}
        columns={[
          { title: t('rent.lease'), render: (_, row) => <Link to={`/leases/${row.agreement}`}>{row.code}</Link> },
          { title: t('rent.tenant'), render: (_, row) => <NameText party={row.party} name={row.tenant} /> },
          { title: t('rent.plan.owed'), align: 'right', render: (_, row) => money(row.amount) },
          {
            title: t('rent.plan.progress'),
            width: 220,
            render: (_, row) => (
              <Progress
                size="small"
                percent={Math.floor((row.paid / row.amount) * 100)}
                status={row.state === 'broken' ? 'exception' : row.state === 'paid-off' ? 'success' : 'normal'}
              />
            ),
          },
          {
            title: t('rent.state'),
            render: (_, row) => <Tag color={colours[row.state]}>{t(`rent.plan.states.${row.state}`)}</Tag>,
          },
          { title: t('rent.reason'), render: (_, row) => row.endReason ?? row.reason },
          { title: t('rent.at'), render: (_, row) => `${row.actorName} · ${dateTime(row.at)}` },
          {
            title: '',
            render: (_, row) =>
              row.state === 'running' && may('dunning:write') ? (
                <Button size="small" danger onClick={() => setEnding(row.id)}>
                  {t('rent.plan.end')}
                </Button>
              ) : null,
          },
        ]}
      />
      {ending ? (
        <FormDialog<{ reason: string }>
          title={t('rent.plan.end')}
          run={(body) => sdk.paymentPlans.end({ params: { id: ending }, body })}
          onClose={() => setEnding(undefined)}
        >
          <Form.Item name="reason" label={t('rent.reason')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}

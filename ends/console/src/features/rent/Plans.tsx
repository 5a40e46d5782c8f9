import { dateTime, siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Form, Input, Progress, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ExportButton, money, NameText, oneOf, useAddress } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { ListFilters } from './ListFilters.tsx';
import { pagedList } from './paged-list.ts';
import { type PaymentPlan, usePaymentPlans } from './queries.ts';
import { TwoLines } from './TwoLines.tsx';

const colours: Record<PaymentPlan['state'], string> = {
  running: 'processing',
  'paid-off': 'success',
  broken: 'error',
  ended: 'default',
};
const states = Object.keys(colours) as PaymentPlan['state'][];

function Parts({ plan }: { plan: PaymentPlan }) {
  const t = useT();
  const state = (part: PaymentPlan['instalments'][number]) =>
    part.paid === part.amount ? 'paid' : part.dueOn < siteDate() ? 'late' : 'open';
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

/** What is to be paid next, and how many parts are paid. */
function Next({ plan }: { plan: PaymentPlan }) {
  const t = useT();
  const paid = plan.instalments.filter((part) => part.paid === part.amount).length;
  const next = plan.instalments.find((part) => part.paid < part.amount);
  const parts = t('rent.plan.parts', { paid, all: plan.instalments.length });
  return plan.state === 'running' && next ? `${parts} · ${next.dueOn} ${money(next.amount - next.paid)}` : parts;
}

/** Payment plans: how far each has got; a part past its day breaks its plan. Those of one lease have no filters. */
export function Plans({ agreement }: { agreement?: string }) {
  const t = useT();
  const { may } = useSession();
  const { get } = useAddress();
  const [state, place] = agreement ? [] : [oneOf(states, get('state')), get('place')];
  const filter = { ...(agreement && { agreement }), ...(state && { state }), ...(place && { place }) };
  const list = usePaymentPlans(filter);
  const [ending, setEnding] = useState<string>();
  return (
    <>
      <ListPage<PaymentPlan>
        actions={
          <ExportButton
            name={t('rent.plan.name')}
            ask={(format) => sdk.paymentPlans.export({ query: { ...filter, format } })}
          />
        }
        query={
          agreement ? undefined : (
            <ListFilters
              choices={[
                {
                  ...{ name: 'state', label: t('rent.state'), options: states },
                  word: (each) => t(`rent.plan.states.${each}`),
                },
              ]}
            />
          )
        }
        {...pagedList(list)}
        rowKey={(row) => row.id}
        empty={t(state || place ? 'rent.noMatch' : 'rent.plan.none')}
        below={(row) => <Parts plan={row} />}
        columns={[
          ...(agreement
            ? []
            : [
                {
                  title: t('rent.lease'),
                  width: 160,
                  render: (_: unknown, row: PaymentPlan) => (
                    <TwoLines
                      first={<Link to={`/leases/${row.agreement}`}>{row.code}</Link>}
                      second={<NameText party={row.party} name={row.tenant} />}
                    />
                  ),
                },
              ]),
          { title: t('rent.plan.owed'), align: 'right', render: (_, row) => money(row.amount) },
          {
            title: t('rent.plan.progress'),
            width: 260,
            render: (_, row) => (
              <>
                <Progress
                  size="small"
                  percent={Math.floor((row.paid / row.amount) * 100)}
                  status={row.state === 'broken' ? 'exception' : row.state === 'paid-off' ? 'success' : 'normal'}
                />
                <Next plan={row} />
              </>
            ),
          },
          {
            title: t('rent.state'),
            render: (_, row) => <Tag color={colours[row.state]}>{t(`rent.plan.states.${row.state}`)}</Tag>,
          },
          { title: t('rent.reason'), render: (_, row) => row.endReason ?? row.reason },
          {
            title: t('rent.at'),
            width: 170,
            render: (_, row) => <TwoLines first={dateTime(row.at)} second={row.actorName} />,
          },
          {
            title: '',
            width: 90,
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

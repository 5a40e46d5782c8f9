import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Descriptions, Form, Input, Space, Tag, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ExportButton, money, NameText, oneOf, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { ListFilters } from './ListFilters.tsx';
import { type Refund, useRefunds } from './queries.ts';
import { RefundDialog } from './RefundDialog.tsx';

const colours: Record<Refund['state'], string> = {
  waiting: 'warning',
  asked: 'processing',
  done: 'success',
  failed: 'error',
  refused: 'default',
};
const states = Object.keys(colours) as Refund['state'][];

/** What a second person reads before he lets it go. */
function Facts({ refund }: { refund: Refund }) {
  const t = useT();
  const facts: [string, React.ReactNode][] = [
    [t('rent.lease'), refund.code],
    [t('rent.tenant'), refund.tenant],
    [
      t('rent.amount'),
      <Typography.Text key="amount" strong>
        {money(refund.amount)}
      </Typography.Text>,
    ],
    [t('rent.channel'), `${t(`rent.channels.${refund.via}`)} ${refund.reference}`],
    [t('rent.reason'), refund.reason],
    [t('rent.refunding.asked'), `${refund.actorName} · ${dateTime(refund.askedAt)}`],
  ];
  return (
    <Descriptions
      size="small"
      column={1}
      bordered
      style={{ marginBottom: 12 }}
      items={facts.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

/** Money that went back or is to: asked for by one, above the policy's limit confirmed by another. */
export function Refunds() {
  const t = useT();
  const { may } = useSession();
  const { get } = useAddress();
  const [state, place] = [oneOf(states, get('state')), get('place')];
  const filter = { ...(state && { state }), ...(place && { place }) };
  const list = useRefunds(filter);
  const [giving, setGiving] = useState(false);
  const [decided, setDecided] = useState<{ refund: Refund; how: 'confirm' | 'refuse' }>();
  const close = () => setDecided(undefined);

  const decide = (refund: Refund) => {
    if (refund.state !== 'waiting' || !may('payment:confirm')) return null;
    return (
      <Space>
        <Tooltip title={refund.own ? t('rent.refunding.own') : ''}>
          <Button
            size="small"
            type="primary"
            disabled={refund.own}
            onClick={() => setDecided({ refund, how: 'confirm' })}
          >
            {t('rent.refunding.confirm')}
          </Button>
        </Tooltip>
        <Button size="small" danger onClick={() => setDecided({ refund, how: 'refuse' })}>
          {t('rent.refunding.refuse')}
        </Button>
      </Space>
    );
  };

  return (
    <>
      <ListPage<Refund>
        actions={
          <>
            <ExportButton
              name={t('rent.refunds')}
              ask={(format) => sdk.payments.exportRefunds({ query: { ...filter, format } })}
            />
            {may('payment:refund') ? (
              <Button type="primary" onClick={() => setGiving(true)}>
                {t('rent.refund')}
              </Button>
            ) : null}
          </>
        }
        query={
          <ListFilters
            choices={[
              {
                ...{ name: 'state', label: t('rent.state'), options: states },
                word: (each) => t(`rent.refundStates.${each}`),
              },
            ]}
          />
        }
        rows={list.data?.pages.flat()}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(state || place ? 'rent.noMatch' : 'rent.noRefund')}
        columns={[
          { title: t('rent.at'), width: 170, render: (_, row) => dateTime(row.askedAt) },
          {
            title: t('rent.lease'),
            render: (_, row) => <Link to={`/leases/${row.agreement}?tab=bills`}>{row.code}</Link>,
          },
          { title: t('rent.tenant'), render: (_, row) => <NameText party={row.party} name={row.tenant} /> },
          { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
          {
            title: t('rent.channel'),
            render: (_, row) => (
              <>
                <div>{t(`rent.channels.${row.via}`)}</div>
                <Typography.Text type="secondary" style={{ fontSize: 12 }} ellipsis={{ tooltip: row.number }}>
                  {row.reference || row.number.slice(0, 12)}
                </Typography.Text>
              </>
            ),
          },
          { title: t('rent.reason'), render: (_, row) => row.reason },
          { title: t('rent.refunding.asked'), render: (_, row) => row.actorName },
          {
            title: t('rent.refunding.second'),
            render: (_, row) =>
              row.decidedName ? (
                <>
                  <div>{`${row.decidedName} · ${dateTime(row.decidedAt)}`}</div>
                  {row.decision ? <Typography.Text type="secondary">{row.decision}</Typography.Text> : null}
                </>
              ) : row.above === null ? (
                t('rent.refunding.unneeded')
              ) : (
                t('rent.refunding.above', { limit: money(row.above) })
              ),
          },
          {
            title: t('rent.state'),
            render: (_, row) => <Tag color={colours[row.state]}>{t(`rent.refundStates.${row.state}`)}</Tag>,
          },
          { title: '', render: (_, row) => decide(row) },
        ]}
      />
      {giving ? <RefundDialog onClose={() => setGiving(false)} /> : null}
      {decided ? (
        <FormDialog<{ reason?: string }>
          title={t(`rent.refunding.${decided.how}`)}
          run={({ reason = '' }) =>
            decided.how === 'confirm'
              ? sdk.payments.confirmRefund({ params: { id: decided.refund.id } })
              : sdk.payments.refuseRefund({ params: { id: decided.refund.id }, body: { reason } })
          }
          onClose={close}
        >
          <Facts refund={decided.refund} />
          {decided.how === 'refuse' ? (
            <Form.Item name="reason" label={t('rent.reason')} rules={[{ required: true, whitespace: true }]}>
              <Input maxLength={500} />
            </Form.Item>
          ) : (
            <Typography.Paragraph type="secondary">{t('rent.refunding.confirmNote')}</Typography.Paragraph>
          )}
        </FormDialog>
      ) : null}
    </>
  );
}

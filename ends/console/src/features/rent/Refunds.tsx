import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Descriptions, Form, Input, Space, Tag, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ExportButton, money, NameText, oneOf, useAddress } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { ListFilters } from './ListFilters.tsx';
import { pagedList } from './paged-list.ts';
import { type Refund, useRefunds } from './queries.ts';
import { RefundDialog } from './RefundDialog.tsx';
import { TwoLines } from './TwoLines.tsx';

const colours: Record<Refund['state'], string> = {
  waiting: 'processing',
  asked: 'blue',
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

  /** Who let it go or refused it, or why somebody else has to. */
  const secondPerson = ({ decidedName, decidedAt, decision, above }: Refund) =>
    decidedName
      ? [decidedName, dateTime(decidedAt), decision].filter(Boolean).join(' · ')
      : above === null
        ? ''
        : t('rent.refunding.above', { limit: money(above) });

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
        {...pagedList(list)}
        rowKey={(row) => row.id}
        empty={t(state || place ? 'rent.noMatch' : 'rent.noRefund')}
        columns={[
          {
            title: t('rent.refunding.asked'),
            width: 170,
            render: (_, row) => <TwoLines first={dateTime(row.askedAt)} second={row.actorName} />,
          },
          {
            title: t('rent.lease'),
            width: 160,
            render: (_, row) => (
              <TwoLines
                first={<Link to={`/leases/${row.agreement}?tab=bills`}>{row.code}</Link>}
                second={<NameText party={row.party} name={row.tenant} />}
              />
            ),
          },
          { title: t('rent.amount'), align: 'right', render: (_, row) => money(row.amount) },
          {
            title: t('rent.channel'),
            render: (_, row) => (
              <TwoLines first={t(`rent.channels.${row.via}`)} second={row.reference || row.number.slice(0, 12)} />
            ),
          },
          { title: t('rent.reason'), render: (_, row) => row.reason },
          {
            title: t('rent.state'),
            render: (_, row) => (
              <TwoLines
                first={<Tag color={colours[row.state]}>{t(`rent.refundStates.${row.state}`)}</Tag>}
                second={secondPerson(row)}
              />
            ),
          },
          { title: '', width: 170, fixed: 'right', render: (_, row) => decide(row) },
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

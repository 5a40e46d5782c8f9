import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, Select, Space, Switch, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { money, oneOf, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { NoticeProof } from './NoticeProof.tsx';
import { useSubjectName } from './names.ts';
import { PlanDialog } from './PlanDialog.tsx';
import { type Notice, type NoticeState, useNotices } from './queries.ts';

const states: readonly NoticeState[] = ['queued', 'sent', 'delivered', 'failed', 'skipped'];

interface Delivery {
  delivered: boolean;
  how: string;
}
interface Pause {
  reason: 'hardship' | 'objection' | 'hospital' | 'other';
  note?: string;
  untilDay: string;
}

/** Reminders of what is late: said how, when, to whom, and what became of each; open a row for its text and proof. */
export function NoticeList() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  const nameOf = useSubjectName();
  const state = oneOf(states, get('state'));
  const { data, error, isPending } = useNotices(state);
  const [asked, setAsked] = useState<{ what: 'deliver' | 'pause' | 'plan'; row: Notice }>();
  const close = () => setAsked(undefined);
  const row = asked?.row;
  const waiting = (each: Notice) => each.state === 'queued' && each.channel !== 'text';
  return (
    <Flex vertical gap={12}>
      <Select
        allowClear
        style={{ width: 160 }}
        placeholder={t('rent.state')}
        aria-label={t('rent.state')}
        value={state}
        onChange={(value?: string) => put({ state: value })}
        options={states.map((value) => ({ value, label: t(`rent.noticeStates.${value}`) }))}
      />
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <Table<Notice>
        size="small"
        loading={isPending}
        dataSource={data}
        rowKey={(each) => each.id}
        locale={{ emptyText: t('rent.noNotice') }}
        scroll={{ x: 'max-content' }}
        expandable={{ expandedRowRender: (each) => <NoticeProof notice={each} /> }}
        columns={[
          { title: t('rent.at'), width: 170, render: (_, each) => dateTime(each.at) },
          {
            title: t('rent.lease'),
            width: 160,
            render: (_, each) => <Link to={`/leases/${each.agreement}`}>{each.code}</Link>,
          },
          { title: t('rent.subject'), render: (_, each) => nameOf(each.subject) },
          { title: t('rent.since'), width: 120, render: (_, each) => each.since },
          { title: t('rent.owed'), align: 'right', render: (_, each) => money(each.amount) },
          { title: t('rent.step'), render: (_, each) => t(`rent.ladder.${each.step}`) },
          { title: t('rent.channel'), render: (_, each) => t(`rent.channels.${each.channel}`) },
          {
            title: t('rent.state'),
            render: (_, each) => (
              <Tag
                color={
                  {
                    queued: 'processing',
                    sent: 'success',
                    delivered: 'success',
                    failed: 'error',
                    skipped: 'default',
                  }[each.state]
                }
              >
                {t(`rent.noticeStates.${each.state}`)}
              </Tag>
            ),
          },
          {
            title: '',
            render: (_, each) =>
              may('dunning:write') ? (
                <Space>
                  {waiting(each) ? (
                    <Button size="small" type="primary" onClick={() => setAsked({ what: 'deliver', row: each })}>
                      {t('rent.delivery')}
                    </Button>
                  ) : null}
                  <Button size="small" onClick={() => setAsked({ what: 'plan', row: each })}>
                    {t('rent.plan.make')}
                  </Button>
                  <Button size="small" onClick={() => setAsked({ what: 'pause', row: each })}>
                    {t('rent.pause')}
                  </Button>
                </Space>
              ) : null,
          },
        ]}
      />
      {asked?.what === 'plan' && row ? <PlanDialog agreement={row.agreement} code={row.code} onClose={close} /> : null}
      {asked?.what === 'deliver' && row ? (
        <FormDialog<Delivery>
          title={t('rent.delivery')}
          initial={{ delivered: true }}
          run={(body) => sdk.dunning.deliver({ params: { id: row.id }, body })}
          onClose={close}
        >
          <Form.Item name="delivered" label={t('rent.delivered')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="how" label={t('rent.how')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
      {asked?.what === 'pause' && row ? (
        <FormDialog<Pause>
          title={t('rent.pause')}
          initial={{ reason: 'hardship' }}
          run={({ note = '', ...body }) => sdk.dunning.pause({ body: { agreement: row.agreement, note, ...body } })}
          onClose={close}
        >
          <Form.Item name="reason" label={t('rent.reason')}>
            <Select
              options={(['hardship', 'objection', 'hospital', 'other'] as const).map((value) => ({
                value,
                label: t(`rent.pauses.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="note" label={t('rent.note')}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="untilDay" label={t('rent.until')} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Flex>
  );
}

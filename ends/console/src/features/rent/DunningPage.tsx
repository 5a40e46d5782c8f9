import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Form, Input, Select, Space, Switch, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { money, oneOf, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { useSubjectName } from './names.ts';
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

/** Reminders of what is late: said how, when, to whom, and what became of each. */
export default function DunningPage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  const nameOf = useSubjectName();
  const state = oneOf(states, get('state'));
  const list = useNotices(state);
  const [ended, setEnded] = useState<string>();
  const [pausing, setPausing] = useState<string>();
  const waiting = (row: Notice) => row.state === 'queued' && row.channel !== 'text';
  const closed = () => {
    setEnded(undefined);
    setPausing(undefined);
  };
  return (
    <>
      <ListPage<Notice>
        title={t('rent.dunning')}
        query={
          <Select
            allowClear
            style={{ width: 160 }}
            placeholder={t('rent.state')}
            aria-label={t('rent.state')}
            value={state}
            onChange={(value?: string) => put({ state: value })}
            options={states.map((value) => ({ value, label: t(`rent.noticeStates.${value}`) }))}
          />
        }
        columns={[
          { title: t('rent.at'), width: 170, render: (_, row) => dateTime(row.at) },
          {
            title: t('rent.lease'),
            width: 160,
            render: (_, row) => <Link to={`/leases/${row.agreement}`}>{row.code}</Link>,
          },
          { title: t('rent.subject'), render: (_, row) => nameOf(row.subject) },
          { title: t('rent.since'), width: 120, render: (_, row) => row.since },
          { title: t('rent.owed'), align: 'right', render: (_, row) => money(row.amount) },
          { title: t('rent.step'), render: (_, row) => t(`rent.ladder.${row.step}`) },
          { title: t('rent.channel'), render: (_, row) => t(`rent.channels.${row.channel}`) },
          { title: t('rent.state'), render: (_, row) => <Tag>{t(`rent.noticeStates.${row.state}`)}</Tag> },
          {
            title: '',
            render: (_, row) =>
              may('dunning:write') ? (
                <Space>
                  {waiting(row) ? (
                    <Button size="small" onClick={() => setEnded(row.id)}>
                      {t('rent.delivery')}
                    </Button>
                  ) : null}
                  <Button size="small" onClick={() => setPausing(row.agreement)}>
                    {t('rent.pause')}
                  </Button>
                </Space>
              ) : null,
          },
        ]}
        rows={list.data}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        empty={t('rent.noNotice')}
      />
      {ended ? (
        <FormDialog<Delivery>
          title={t('rent.delivery')}
          initial={{ delivered: true }}
          run={(body) => sdk.dunning.deliver({ params: { id: ended }, body })}
          onClose={closed}
        >
          <Form.Item name="delivered" label={t('rent.delivered')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="how" label={t('rent.how')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
      {pausing ? (
        <FormDialog<Pause>
          title={t('rent.pause')}
          initial={{ reason: 'hardship' }}
          run={({ note = '', ...body }) => sdk.dunning.pause({ body: { agreement: pausing, note, ...body } })}
          onClose={closed}
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
    </>
  );
}

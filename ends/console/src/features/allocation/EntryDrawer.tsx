import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Drawer, Flex, Form, Input, InputNumber, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { CategoryChoice, useRefusal } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Entry, useChange } from './queries.ts';
import { Waited } from './Waited.tsx';

interface Filled {
  category: Entry['category'];
  priority: number;
  score: number;
  reason: string;
}

/** One place on the list: its facts, and by what it is ranked. */
export function EntryDrawer({ entry, onClose }: { entry: Entry; onClose(): void }) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const [form] = Form.useForm<Filled>();
  const refuse = useRefusal();
  const change = useChange((body: Filled) =>
    sdk.allocation.score({ params: { id: entry.id }, body }, { ifMatch: entry.version }),
  );
  const save = (filled: Filled) =>
    change.mutate(filled, {
      onSuccess: () => form.resetFields(['reason']),
      onError: (cause) => {
        refuse(form, cause);
        void message.error(said(cause));
      },
    });
  return (
    <Drawer open onClose={onClose} size={520} title={`${entry.code} · ${entry.householdName}`}>
      <Flex vertical gap={16}>
        <KeyValue
          columns={1}
          facts={[
            {
              key: 'household',
              label: t('allocation.household'),
              value: may('household:read') ? (
                <Link to={`/households/${entry.household}`}>{entry.householdName}</Link>
              ) : (
                entry.householdName
              ),
            },
            {
              key: 'state',
              label: t('allocation.state'),
              value: <Tag>{t(`allocation.entryStates.${entry.state}`)}</Tag>,
            },
            {
              key: 'ended',
              label: t('allocation.endedBy'),
              value: entry.endedBy ? <Typography.Text code>{entry.endedBy}</Typography.Text> : null,
            },
            { key: 'position', label: t('allocation.position'), value: entry.position },
            { key: 'since', label: t('allocation.since'), value: dateTime(entry.since) },
            { key: 'until', label: t('allocation.until'), value: dateTime(entry.until) },
            { key: 'waited', label: t('allocation.waited'), value: <Waited entry={entry} /> },
            { key: 'declines', label: t('allocation.declines'), value: entry.declines },
          ]}
        />
        {may('allocation:write') && entry.state === 'waiting' ? (
          <Form<Filled> form={form} layout="vertical" initialValues={entry} onFinish={save}>
            <Typography.Title level={5}>{t('allocation.ranking')}</Typography.Title>
            <Form.Item name="category" label={t('allocation.category')}>
              <CategoryChoice />
            </Form.Item>
            <Form.Item name="priority" label={t('allocation.priority')} extra={t('allocation.priorityHint')}>
              <InputNumber min={0} max={100} precision={0} />
            </Form.Item>
            <Form.Item name="score" label={t('allocation.score')}>
              <InputNumber min={0} max={1_000_000} precision={0} />
            </Form.Item>
            <Form.Item name="reason" label={t('allocation.reason')} rules={[{ required: true, whitespace: true }]}>
              <Input.TextArea maxLength={500} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={change.isPending}>
              {t('allocation.save')}
            </Button>
          </Form>
        ) : null}
      </Flex>
    </Drawer>
  );
}

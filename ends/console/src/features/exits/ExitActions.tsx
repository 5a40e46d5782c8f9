import { useT } from '@keystead/ui/i18n';
import { App, Button, Form, Input, Select, Space, Typography } from 'antd';
import { useState } from 'react';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { InspectDialog } from './InspectDialog.tsx';
import { all, type Exit } from './queries.ts';

type Asked = 'accept' | 'inspect' | 'settle' | 'hand-over' | 'archive' | 'cancel';
const channels = ['bank', 'cash', 'wechat', 'alipay'] as const;

/** What comes next from where an exit stands; archiving is the lease's own step. */
function nextOf(exit: Exit, may: (permission: string) => boolean): Exclude<Asked, 'cancel'> | undefined {
  if (exit.state === 'handed-over' || exit.state === 'reported')
    return exit.leaseState === 'ended' && may('lease:write') ? 'archive' : undefined;
  if (!may('exit:write')) return undefined;
  const steps = { initiated: 'accept', accepted: 'inspect', inspected: 'settle', settled: 'hand-over' } as const;
  return exit.state === 'cancelled' ? undefined : steps[exit.state];
}

/** The next step of an exit, and staying after all while that is possible. */
export function ExitActions({ exit }: { exit: Exit }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const [asked, setAsked] = useState<Asked>();
  const params = { id: exit.id };
  const held = { ifMatch: exit.version };
  const next = nextOf(exit, may);
  const onClose = () => setAsked(undefined);
  const done = () => {
    void message.success(t('exits.done'));
    onClose();
  };
  const reason = (
    <Form.Item name="reason" label={t('exits.reason')} rules={[{ required: true, whitespace: true }]}>
      <Input.TextArea maxLength={500} />
    </Form.Item>
  );
  const plain = {
    accept: () => sdk.exits.accept({ params }, held),
    'hand-over': () => sdk.exits.handOver({ params }, held),
  } as const;
  return (
    <Space wrap>
      {(exit.state === 'initiated' || exit.state === 'accepted') && may('exit:write') ? (
        <Button danger onClick={() => setAsked('cancel')}>
          {t('exits.do.cancel')}
        </Button>
      ) : null}
      {next ? (
        <Button type="primary" onClick={() => setAsked(next)}>
          {t(`exits.do.${next}`)}
        </Button>
      ) : null}
      {asked === 'inspect' ? <InspectDialog exit={exit} onClose={onClose} /> : null}
      {asked === 'accept' || asked === 'hand-over' ? (
        <FormDialog title={t(`exits.do.${asked}`)} stale={[all]} run={plain[asked]} onDone={done} onClose={onClose}>
          <Typography.Paragraph>{t(`exits.hints.${asked}`)}</Typography.Paragraph>
        </FormDialog>
      ) : null}
      {asked === 'settle' ? (
        <FormDialog<{ channel: string }>
          title={t('exits.do.settle')}
          initial={{ channel: 'bank' }}
          stale={[all]}
          run={(body) => sdk.exits.settle({ params, body }, held)}
          onDone={done}
          onClose={onClose}
        >
          <Typography.Paragraph>{t('exits.hints.settle')}</Typography.Paragraph>
          <Form.Item name="channel" label={t('exits.channel')}>
            <Select options={channels.map((value) => ({ value, label: t(`exits.channels.${value}`) }))} />
          </Form.Item>
        </FormDialog>
      ) : null}
      {asked === 'archive' ? (
        <FormDialog<{ reason: string }>
          title={t('exits.do.archive')}
          initial={{ reason: exit.code }}
          stale={[all]}
          run={({ reason }) => sdk.leases.step({ params: { id: exit.lease }, body: { step: 'archive', reason } })}
          onDone={done}
          onClose={onClose}
        >
          <Typography.Paragraph>{t('exits.hints.archive')}</Typography.Paragraph>
          {reason}
        </FormDialog>
      ) : null}
      {asked === 'cancel' ? (
        <FormDialog<{ reason: string }>
          title={t('exits.do.cancel')}
          stale={[all]}
          run={(body) => sdk.exits.cancel({ params, body }, held)}
          onDone={done}
          onClose={onClose}
        >
          {reason}
        </FormDialog>
      ) : null}
    </Space>
  );
}

import { useT } from '@keystead/ui/i18n';
import { App, Button, Descriptions, Drawer, Input, Popconfirm, Space, Tag } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useRun, useStepRun } from './queries.ts';

const outcomes: Record<string, string> = {
  running: 'processing',
  done: 'success',
  'partly-failed': 'warning',
  failed: 'error',
};

/** How a batch or a scene stands: by state, what could not even be sent, and the second person's word for all of it. */
export function RunDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { data, isPending } = useRun(id);
  const step = useStepRun();
  const [note, setNote] = useState('');
  const waiting = data?.states['awaiting-approval'] ?? 0;
  const act = (verb: 'approve' | 'refuse') =>
    id === undefined
      ? undefined
      : step.mutate({ id, verb, note }, { onError: (cause: unknown) => void message.error(said(cause)) });
  const extra =
    waiting > 0 && may('command:approve') ? (
      <Space>
        <Button danger loading={step.isPending} onClick={() => act('refuse')}>
          {t('commands.runs.refuse')}
        </Button>
        <Popconfirm title={t('commands.runs.sure', { count: waiting })} onConfirm={() => act('approve')}>
          <Button type="primary" loading={step.isPending}>
            {t('commands.runs.approve', { count: waiting })}
          </Button>
        </Popconfirm>
      </Space>
    ) : null;
  return (
    <Drawer open={id !== undefined} onClose={onClose} loading={isPending} title={data?.name ?? ''} extra={extra}>
      {extra ? (
        <Input
          value={note}
          onChange={({ target }) => setNote(target.value)}
          placeholder={t('commands.runs.note')}
          maxLength={500}
          style={{ marginBlockEnd: 12 }}
        />
      ) : null}
      {data ? (
        <Descriptions
          column={1}
          size="small"
          items={[
            {
              key: 'outcome',
              label: t('commands.scenes.outcome'),
              children: <Tag color={outcomes[data.outcome]}>{t(`commands.outcomes.${data.outcome}`)}</Tag>,
            },
            { key: 'wanted', label: t('commands.scenes.wanted'), children: data.wanted },
            ...Object.entries(data.states).map(([state, count]) => ({
              key: state,
              label: t(`commands.states.${state}`),
              children: count,
            })),
            ...data.refused.map(({ thing, code, problem }) => ({
              key: `${thing} ${code}`,
              label: t('commands.scenes.notSent'),
              children: `${code}: ${problem}`,
            })),
          ]}
        />
      ) : null}
    </Drawer>
  );
}

import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, App, Button, Drawer, Flex, Input, Space, Timeline, Typography } from 'antd';
import { useState } from 'react';
import { AboutLink } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Command, type Step, useCommand, useStep } from './queries.ts';
import { RunDrawer } from './RunDrawer.tsx';
import { RiskTag, StateTag } from './StateTag.tsx';

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What may be done with a command in its state, by permission; nobody approves his own. */
function stepsFor({ state, requester }: Command, may: (permission: string) => boolean, me: string | undefined): Step[] {
  const steps: Step[] = [];
  if (state === 'drafted' && may('command:send')) steps.push('submit');
  if (state === 'awaiting-approval' && may('command:approve') && requester !== me) steps.push('approve', 'refuse');
  const open = ['drafted', 'awaiting-approval', 'approved', 'queued'].includes(state);
  if (open && may('command:send') && (requester === me || may('command:approve'))) steps.push('cancel');
  return steps;
}

/** One command with its whole trail: who, when, from what to what, and how it ended. */
export function CommandDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const { t, language } = useTexts();
  const { data, error, isPending } = useCommand(id);
  const [run, setRun] = useState<string>();
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={560}
      loading={isPending}
      title={data ? (language === 'en' ? data.methodName.en : data.methodName.zh) : t('commands.title')}
    >
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {data ? (
        <Flex vertical gap={16}>
          <Space wrap>
            <StateTag command={data} />
            <RiskTag risk={data.risk} urgent={data.urgent} />
          </Space>
          <Space size={24} wrap>
            <AboutLink kind="thing" id={data.thing} words={`${data.thingName} · ${data.thingCode}`} />
            {data.before === null || data.before === undefined ? null : (
              <span>
                {t('commands.before')} <Typography.Text code>{shown(data.before)}</Typography.Text>
              </span>
            )}
            <span>
              {t('commands.input')} <Typography.Text code>{shown(data.input)}</Typography.Text>
            </span>
          </Space>
          {data.group ? (
            <Button size="small" style={{ alignSelf: 'start' }} onClick={() => setRun(data.group)}>
              {t('commands.runs.show')}
            </Button>
          ) : null}
          <Trail command={data} />
          <Acts command={data} />
          <RunDrawer id={run} onClose={() => setRun(undefined)} />
        </Flex>
      ) : null}
    </Drawer>
  );
}

function Trail({ command }: { command: Command }) {
  const { t } = useTexts();
  const moments: [at: string | undefined, words: string, more?: string][] = [
    [command.createdAt, t('commands.trail.created', { name: command.requesterName }), command.reason],
    [command.approvedAt, t('commands.trail.approved', { name: command.approverName ?? '' }), command.approvalNote],
    [command.queuedAt, t('commands.trail.queued')],
    [command.sentAt, t('commands.trail.sent', { count: command.sends })],
    [command.acknowledgedAt, t('commands.trail.answered'), shown(command.reply)],
    [command.seenAt, t('commands.trail.seen')],
    [command.endedAt, t('commands.trail.ended')],
  ];
  return (
    <Timeline
      items={moments
        .filter(([at]) => at !== undefined)
        .map(([at, words, more]) => ({
          content: (
            <>
              {words} <Typography.Text type="secondary">{dateTime(at ?? null)}</Typography.Text>
              {more ? <div style={{ overflowWrap: 'anywhere' }}>{more}</div> : null}
            </>
          ),
        }))}
    />
  );
}

function Acts({ command }: { command: Command }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const { may, session } = useSession();
  const [note, setNote] = useState('');
  const step = useStep();
  const steps = stepsFor(command, may, session?.user.id);
  if (steps.length === 0) return null;
  return (
    <Flex vertical gap={8}>
      <Input.TextArea
        rows={2}
        maxLength={1000}
        value={note}
        placeholder={t('commands.note')}
        aria-label={t('commands.note')}
        onChange={(event) => setNote(event.target.value)}
      />
      <Space>
        {steps.map((each) => (
          <Button
            key={each}
            type={each === 'approve' || each === 'submit' ? 'primary' : 'default'}
            danger={each === 'refuse'}
            loading={step.isPending && step.variables.step === each}
            onClick={() =>
              step.mutate(
                { id: command.id, step: each, ...(note ? { note } : {}) },
                { onError: (cause) => void message.error(said(cause)) },
              )
            }
          >
            {t(`commands.steps.${each}`)}
          </Button>
        ))}
      </Space>
    </Flex>
  );
}

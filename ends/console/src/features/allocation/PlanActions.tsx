import { duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { App, Button, Flex, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { FormDialog, SiteTimeField, useNow } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { all, type Plan, useChange } from './queries.ts';

const second = 1;

/** Closing the list is possible once the time to say so is over; until then it counts down. */
function Commit({ plan }: { plan: Plan }) {
  const { t, language } = useTexts();
  const { message, modal } = App.useApp();
  const left = new Date(plan.intentUntil).getTime() - useNow(second);
  const commit = useChange(() => sdk.allocation.commit({ params: { id: plan.id } }));
  const ask = () =>
    void modal.confirm({
      title: t('allocation.commit'),
      content: t('allocation.commitHint'),
      onOk: () => commit.mutateAsync(undefined).catch((cause) => void message.error(said(cause))),
    });
  return (
    <Flex gap={8} align="center">
      {left > 0 ? (
        <Typography.Text type="secondary">
          {t('allocation.intentLeft', { left: duration(left / 1000, language) })}
        </Typography.Text>
      ) : null}
      <Button type="primary" disabled={left > 0} loading={commit.isPending} onClick={ask}>
        {t('allocation.commit')}
      </Button>
    </Flex>
  );
}

/** The next step of a plan, for those who may take it. */
export function PlanActions({ plan }: { plan: Plan }) {
  const { t } = useTexts();
  const { may } = useSession();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<'draw' | 'close'>();
  const announce = useChange(() => sdk.allocation.announce({ params: { id: plan.id } }));
  const params = { id: plan.id };
  const order = t(plan.ranking === 'lottery' ? 'allocation.trail.lottery' : 'allocation.trail.order');
  if (plan.state === 'draft' && may('allocation:write'))
    return (
      <Button
        type="primary"
        loading={announce.isPending}
        onClick={() => announce.mutate(undefined, { onError: (cause) => void message.error(said(cause)) })}
      >
        {t('allocation.announce')}
      </Button>
    );
  if (plan.state === 'open' && may('allocation:draw')) return <Commit plan={plan} />;
  return (
    <>
      {plan.state === 'committed' && may('allocation:draw') ? (
        <Button type="primary" onClick={() => setAsked('draw')}>
          {order}
        </Button>
      ) : null}
      {plan.state === 'choosing' && may('allocation:write') ? (
        <Button onClick={() => setAsked('close')}>{t('allocation.close')}</Button>
      ) : null}
      {asked === 'draw' ? (
        <FormDialog<{ witness?: string; choosingFrom?: string }>
          title={order}
          stale={[all]}
          run={({ witness = '', choosingFrom }) =>
            sdk.allocation.draw({
              params,
              body: { witness: witness.trim(), choosingFrom: choosingFrom ?? new Date().toISOString() },
            })
          }
          onClose={() => setAsked(undefined)}
        >
          <Form.Item name="witness" label={t('allocation.witness')} extra={t('allocation.witnessHint')}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="choosingFrom" label={t('allocation.choosingFrom')} extra={t('allocation.choosingFromHint')}>
            <SiteTimeField />
          </Form.Item>
        </FormDialog>
      ) : null}
      {asked === 'close' ? (
        <FormDialog<{ reason: string }>
          title={t('allocation.close')}
          stale={[all]}
          run={(body) => sdk.allocation.close({ params, body })}
          onClose={() => setAsked(undefined)}
        >
          <Form.Item name="reason" label={t('allocation.reason')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}

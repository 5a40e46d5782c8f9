import type { Reply } from '@keystead/sdk';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex, Skeleton, Steps, Timeline, Typography } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type LifeState, lifeStates } from '../list/filter.ts';
import { useOf } from '../queries.ts';
import { StepForm } from './StepForm.tsx';
import type { ThingTabProps } from './tab-props.ts';

type Step = Reply<typeof sdk.things.steps>[number];

/** Steps offered from each state; the platform decides. */
const offered: Record<LifeState, readonly LifeState[]> = {
  planned: ['purchased', 'scrapped'],
  purchased: ['stored', 'installed', 'scrapped'],
  stored: ['installed', 'scrapped'],
  installed: ['commissioned', 'stored', 'scrapped'],
  commissioned: ['in-use', 'stored', 'scrapped'],
  'in-use': ['maintenance', 'retired'],
  maintenance: ['in-use', 'retired'],
  retired: ['stored', 'scrapped'],
  scrapped: [],
};
const ending: readonly LifeState[] = ['retired', 'scrapped'];

/** The life of a thing: where it stands, how it came there, what may come next. */
export function LifeTab({ thing }: ThingTabProps) {
  const t = useT();
  const { may } = useSession();
  const [to, setTo] = useState<LifeState>();
  const steps = useOf(thing.id, 'steps', () => sdk.things.steps({ params: { id: thing.id } }));
  return (
    <Flex vertical gap={20}>
      <Steps
        size="small"
        responsive
        titlePlacement="vertical"
        current={lifeStates.indexOf(thing.state)}
        items={lifeStates.map((state) => ({ title: t(`things.states.${state}`) }))}
      />
      {may('thing:write') ? (
        <Flex gap={8} wrap>
          {offered[thing.state].map((state) => (
            <Button key={state} danger={ending.includes(state)} onClick={() => setTo(state)}>
              {t(`things.steps.${state}`)}
            </Button>
          ))}
        </Flex>
      ) : null}
      {steps.error ? <Alert type="error" showIcon title={said(steps.error)} /> : null}
      {steps.isPending ? <Skeleton active /> : null}
      {steps.data?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noSteps')} />
      ) : (
        <Timeline items={steps.data?.toReversed().map((step) => ({ key: step.id, content: <Taken step={step} /> }))} />
      )}
      {to ? <StepForm thing={thing} to={to} onClose={() => setTo(undefined)} /> : null}
    </Flex>
  );
}

function Taken({ step }: { step: Step }) {
  const t = useT();
  const { measured = [], ...words } = step.evidence;
  const from = step.from ? t(`things.states.${step.from}`) : t('things.takenOver');
  return (
    <Flex vertical gap={2}>
      <span>
        <b>{`${from} → ${t(`things.states.${step.to}`)}`}</b>{' '}
        <Typography.Text type="secondary">{`${dateTime(step.at)}  ${step.by}`}</Typography.Text>
      </span>
      {Object.entries(words).map(([name, text]) => (
        <span key={name}>{`${t(`things.evidence.${name}`)}：${text}`}</span>
      ))}
      {measured.map(({ item, value, passed }) => (
        <span key={item}>{`${item}：${value} ${t(passed ? 'things.passed' : 'things.failed')}`}</span>
      ))}
    </Flex>
  );
}

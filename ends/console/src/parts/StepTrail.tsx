import { dateTime } from '@keystead/ui/format';
import { Steps, Typography } from 'antd';
import type { ReactNode } from 'react';

export interface TrailStep {
  key: string;
  title: string;
  state: 'done' | 'now' | 'next' | 'failed';
  at?: string | null | undefined;
  who?: string | null | undefined;
  /** Whatever else is to be known of it: by when, what is missing. */
  note?: ReactNode;
}

const looks = { done: 'finish', now: 'process', next: 'wait', failed: 'error' } as const;

/** The way of a flow from its first step to its last: what is done, by whom and when, and where it stands. */
export function StepTrail({ steps }: { steps: readonly TrailStep[] }) {
  const now = steps.findIndex(({ state }) => state === 'now' || state === 'failed');
  return (
    <Steps
      size="small"
      titlePlacement="vertical"
      current={now < 0 ? steps.length : now}
      style={{ overflowX: 'auto', paddingBlock: 4 }}
      items={steps.map(({ key, title, state, at, who, note }) => ({
        key,
        title,
        status: looks[state],
        content: (
          <Typography.Text type="secondary" style={{ fontSize: 12, fontVariantNumeric: 'tabular-nums' }}>
            {at ? <div>{dateTime(at)}</div> : null}
            {who ? <div>{who}</div> : null}
            {note ? <div>{note}</div> : null}
          </Typography.Text>
        ),
      }))}
    />
  );
}

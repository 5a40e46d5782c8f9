import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Typography } from 'antd';
import { useNow } from '../../parts/index.ts';
import { ClockMark } from './ClockMark.tsx';
import { clockStanding } from './clock.ts';
import type { CaseFile } from './queries.ts';
import { PriorityMark, StateTag } from './StateTag.tsx';
import { dangerous, inOrder } from './steps.ts';
import { useTaking } from './taking.tsx';
import { useCaseWords } from './words.ts';

/** Which case it is, how it stands against its promises, and what can be done with it now. */
export function CaseHeader({ file }: { file: CaseFile }) {
  const t = useT();
  const now = useNow(5);
  const words = useCaseWords();
  const { begin, busy, dialog } = useTaking();
  const onwards = inOrder(file.steps.filter((step) => !dangerous.includes(step)));
  const apart = file.steps.filter((step) => dangerous.includes(step));
  return (
    <Flex vertical gap={12}>
      <Flex vertical gap={4}>
        <Flex gap={12} align="center" wrap>
          <Typography.Text code copyable>
            {file.code}
          </Typography.Text>
          <Typography.Text type="secondary">{words.kind(file.kind)}</Typography.Text>
          <StateTag state={file.state} />
          <PriorityMark priority={file.priority} />
        </Flex>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {file.title}
        </Typography.Title>
      </Flex>
      <Flex gap={24} wrap>
        {file.clocks.map((clock) => (
          <ClockMark
            key={clock.name}
            standing={clockStanding(clock, now)}
            due={clock.dueAt}
            name={t(clock.name === 'response' ? 'cases.response' : 'cases.resolution')}
          />
        ))}
      </Flex>
      {file.steps.length > 0 ? (
        <Flex gap={8} wrap justify="space-between">
          <Flex gap={8} wrap>
            {onwards.map((step, index) => (
              <Button
                key={step}
                type={index === 0 ? 'primary' : 'default'}
                disabled={busy}
                onClick={() => begin(file, step)}
              >
                {words.step(step)}
              </Button>
            ))}
          </Flex>
          <Flex gap={8} wrap>
            {apart.map((step) => (
              <Button key={step} danger disabled={busy} onClick={() => begin(file, step)}>
                {words.step(step)}
              </Button>
            ))}
          </Flex>
        </Flex>
      ) : null}
      {dialog}
    </Flex>
  );
}

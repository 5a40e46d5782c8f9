import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { Agent } from './queries.ts';

const colours: Record<Agent['configuration'], string> = {
  none: 'default',
  waiting: 'processing',
  applied: 'success',
  refused: 'error',
};

/** Whether the agent runs what is wanted of it. */
export function ConfigurationTag({ agent }: { agent: Agent }) {
  const t = useT();
  const word = t(`fleet.states.${agent.configuration}`);
  return <Tag color={colours[agent.configuration]}>{agent.wanted === 0 ? word : `v${agent.wanted} ${word}`}</Tag>;
}

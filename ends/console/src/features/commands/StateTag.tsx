import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { Command, CommandState } from './queries.ts';

const colours: Record<CommandState, string> = {
  drafted: 'default',
  'awaiting-approval': 'gold',
  approved: 'cyan',
  queued: 'processing',
  sent: 'processing',
  acknowledged: 'success',
  verified: 'success',
  refused: 'error',
  expired: 'warning',
  failed: 'error',
  cancelled: 'default',
};

/** Why a command ended badly, where the platform itself says so; a device's own words are shown as they are. */
const known = new Set(['no-answer', 'not-sent', 'unknown', 'read-back', 'not-approved', 'refused', 'cancelled']);

export function StateTag({ command }: { command: Pick<Command, 'state' | 'failure'> }) {
  const t = useT();
  const { state, failure } = command;
  const why =
    failure === undefined || failure === state ? '' : known.has(failure) ? t(`commands.failures.${failure}`) : failure;
  return (
    <Tag color={colours[state]} title={why}>
      {t(`commands.states.${state}`)}
      {why ? ` · ${why}` : ''}
    </Tag>
  );
}

const risks: Record<Command['risk'], string> = {
  read: 'default',
  normal: 'default',
  dangerous: 'orange',
  vital: 'red',
};

export function RiskTag({ risk, urgent }: { risk: Command['risk']; urgent?: boolean }) {
  const t = useT();
  return (
    <>
      <Tag color={risks[risk]}>{t(`commands.risks.${risk}`)}</Tag>
      {urgent ? <Tag color="red">{t('commands.urgent')}</Tag> : null}
    </>
  );
}

import { quantity } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { Check, CheckState } from './queries.ts';

const colours: Record<CheckState, string> = {
  waiting: 'warning',
  agrees: 'success',
  confirmed: 'success',
  corrected: 'processing',
  unreadable: 'default',
};

export function StateTag({ state }: { state: CheckState }) {
  const t = useT();
  return <Tag color={colours[state]}>{t(`dials.states.${state}`)}</Tag>;
}

/** How far apart they are: in steps of the last wheel. */
export function Difference({ check }: { check: Check }) {
  const t = useT();
  if (check.lastPlaces === null) return <>{t('dials.noRegister')}</>;
  if (check.lastPlaces === 0) return <>{t('dials.same')}</>;
  return <>{t('dials.steps', { count: check.lastPlaces })}</>;
}

/** Every place a register knows: a rounded one would agree with a dial it does not agree with. */
export const registerText = ({ register, unit }: Check): string =>
  register === null ? '—' : quantity(register, unit, 6);

import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { User } from '../queries.ts';

const colours: Record<User['state'], string> = { active: 'success', disabled: 'warning', deleted: 'default' };

export function UserStateTag({ state }: { state: User['state'] }) {
  const t = useT();
  return <Tag color={colours[state]}>{t(`identity.states.${state}`)}</Tag>;
}

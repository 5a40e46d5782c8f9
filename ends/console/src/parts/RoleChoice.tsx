import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { sdk } from '../shell/sdk.ts';
import { useSession } from '../shell/session.tsx';

interface Shared {
  id?: string;
  placeholder?: string;
  style?: React.CSSProperties;
}

type RoleChoiceProps = Shared &
  (
    | { multiple: true; value?: string[]; onChange?(ids: string[]): void }
    | { multiple?: false; value?: string | undefined; onChange?(id: string | undefined): void }
  );

export const useRoles = () => {
  const { may } = useSession();
  return useQuery({
    queryKey: ['roles'],
    queryFn: () => sdk.roles.list(),
    enabled: may('role:read'),
    staleTime: 30_000,
  });
};

/** Choosing roles by their name. */
export function RoleChoice(props: RoleChoiceProps) {
  const { t, language } = useTexts();
  const roles = useRoles();
  const label = props.placeholder ?? t('parts.role');
  const shared = {
    ...(props.id ? { id: props.id } : {}),
    allowClear: true,
    showSearch: { optionFilterProp: 'label' },
    loading: roles.isFetching,
    placeholder: label,
    'aria-label': label,
    style: { minWidth: 160, ...props.style },
    options: roles.data?.items.map((role) => ({ value: role.id, label: role.names[language] })),
  };
  return props.multiple ? (
    <Select<string[]> {...shared} mode="multiple" value={props.value ?? []} onChange={(ids) => props.onChange?.(ids)} />
  ) : (
    <Select<string | undefined> {...shared} value={props.value} onChange={(id) => props.onChange?.(id)} />
  );
}

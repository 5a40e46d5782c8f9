import { useT } from '@keystead/ui/i18n';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { sdk } from '../shell/sdk.ts';
import { useSession } from '../shell/session.tsx';

interface Shared {
  id?: string;
  placeholder?: string;
  style?: React.CSSProperties;
}

type PersonChoiceProps = Shared &
  (
    | { multiple: true; value?: string[]; onChange?(ids: string[]): void }
    | { multiple?: false; value?: string | undefined; onChange?(id: string | undefined): void }
  );

interface Person {
  id: string;
  name: string;
  username: string;
}

/** Choosing people by typing a part of their name. Who may not see the list of people can still choose himself. */
export function PersonChoice(props: PersonChoiceProps) {
  const t = useT();
  const { session, may } = useSession();
  const [text, setText] = useState('');
  const allowed = may('user:read');
  const found = useQuery({
    queryKey: ['users', 'found', text],
    queryFn: () => sdk.users.list({ query: { state: 'active', limit: 30, ...(text ? { text } : {}) } }),
    enabled: allowed,
    staleTime: 30_000,
  });
  const chosen = props.multiple ? (props.value ?? []) : props.value ? [props.value] : [];
  const known: Person[] = found.data?.items ?? (session ? [session.user] : []);
  const unknown = chosen.filter((id) => !known.some((person) => person.id === id));
  const others = useQueries({
    queries: (allowed ? unknown : []).map((id) => ({
      queryKey: ['users', 'one', id],
      queryFn: () => sdk.users.get({ params: { id } }),
      staleTime: 60_000,
      retry: false,
    })),
  });
  const people = [...known, ...others.flatMap((each): Person[] => (each.data ? [each.data] : []))];
  const label = props.placeholder ?? t('parts.person');
  const options = people.map(({ id, name, username }) => ({
    value: id,
    label: id === session?.user.id ? t('parts.me', { name }) : `${name} · ${username}`,
  }));
  const shared = {
    // In a form the label of the field names it.
    ...(props.id ? { id: props.id } : { 'aria-label': label }),
    allowClear: true,
    showSearch: { filterOption: false, onSearch: setText },
    loading: found.isFetching,
    placeholder: label,
    style: { minWidth: 160, ...props.style },
    options,
  };
  return props.multiple ? (
    <Select<string[]> {...shared} mode="multiple" value={chosen} onChange={(ids) => props.onChange?.(ids)} />
  ) : (
    <Select<string> {...shared} value={chosen[0]} onChange={(id) => props.onChange?.(id)} />
  );
}

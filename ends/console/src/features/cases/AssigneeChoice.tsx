import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';

interface AssigneeChoiceProps {
  caseId: string;
  id?: string;
  value?: string;
  onChange?(id: string | undefined): void;
}

/** Those a case can be given to: they may handle cases where it lies. */
export function AssigneeChoice({ caseId, id, value, onChange }: AssigneeChoiceProps) {
  const t = useT();
  const { session } = useSession();
  const people = useQuery({
    queryKey: ['cases', 'assignees', caseId],
    queryFn: () => sdk.cases.assignees({ params: { id: caseId } }),
    staleTime: 30_000,
  });
  const options = (people.data ?? []).map((person) => ({
    value: person.id,
    label: person.id === session?.user.id ? t('parts.me', { name: person.name }) : person.name,
  }));
  return (
    <Select<string>
      {...(id ? { id } : {})}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={people.isPending}
      placeholder={t('cases.assignee')}
      aria-label={t('cases.assignee')}
      style={{ width: '100%' }}
      options={options}
      {...(value === undefined ? {} : { value })}
      onChange={(chosen) => onChange?.(chosen)}
    />
  );
}

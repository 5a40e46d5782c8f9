import { useT } from '@keystead/ui/i18n';
import { Input, Segmented, Select, Tag } from 'antd';
import { PersonChoice, PlaceChoice } from '../../parts/index.ts';
import { type CaseFilter, groups, states } from './filter.ts';
import { useCaseWords } from './words.ts';

/** Filters of list and board alike. */
export function FilterBar({ filter }: { filter: CaseFilter }) {
  const t = useT();
  const words = useCaseWords();
  const { put } = filter;
  const many = {
    mode: 'multiple' as const,
    allowClear: true,
    maxTagCount: 'responsive' as const,
    style: { minWidth: 150 },
  };
  return (
    <>
      <Segmented
        value={filter.group}
        options={groups.map((group) => ({ value: group, label: t(`cases.group.${group}`) }))}
        onChange={(group) => put({ group: group === 'open' ? undefined : group })}
      />
      <Input.Search
        allowClear
        key={filter.text ?? ''}
        placeholder={t('cases.search')}
        aria-label={t('cases.search')}
        defaultValue={filter.text}
        onSearch={(text) => put({ text: text.trim() })}
        style={{ width: 220 }}
      />
      <Select
        {...many}
        placeholder={t('cases.kind')}
        aria-label={t('cases.kind')}
        value={filter.kind}
        onChange={(kind) => put({ kind })}
        options={words.kinds.map(({ id }) => ({ value: id, label: words.kind(id) }))}
      />
      <Select
        {...many}
        placeholder={t('cases.stateLabel')}
        aria-label={t('cases.stateLabel')}
        value={filter.state}
        onChange={(state) => put({ state })}
        options={states.map((state) => ({ value: state, label: words.state(state) }))}
      />
      <Select
        {...many}
        placeholder={t('cases.priorityLabel')}
        aria-label={t('cases.priorityLabel')}
        value={filter.priority}
        onChange={(priority) => put({ priority: priority.map(String) })}
        options={[1, 2, 3, 4].map((priority) => ({ value: priority, label: words.priority(priority) }))}
      />
      {filter.group === 'mine' ? null : (
        <PersonChoice
          placeholder={t('cases.assignee')}
          value={filter.assignee}
          onChange={(assignee) => put({ assignee })}
        />
      )}
      <PlaceChoice value={filter.placeId} onChange={(place) => put({ place })} />
      {filter.subject ? (
        <Tag closable onClose={() => put({ subject: undefined })}>
          {t('cases.ofSubject', { subject: filter.subject })}
        </Tag>
      ) : null}
    </>
  );
}

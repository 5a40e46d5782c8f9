import { useT } from '@keystead/ui/i18n';
import { Select, Space } from 'antd';
import { PlaceChoice, useAddress } from '../../parts/index.ts';

interface ListFiltersProps {
  /** Which parameter of the address, what it may be, and how that is called. */
  choices: readonly { name: string; label: string; options: readonly string[]; word(option: string): string }[];
}

/** Filters of a list of money: some words to choose from, and a place; all of them stand in the address. */
export function ListFilters({ choices }: ListFiltersProps) {
  const t = useT();
  const { get, put } = useAddress();
  return (
    <Space wrap>
      {choices.map(({ name, label, options, word }) => (
        <Select
          key={name}
          allowClear
          style={{ width: 150 }}
          placeholder={label}
          aria-label={label}
          value={get(name)}
          onChange={(value?: string) => put({ [name]: value })}
          options={options.map((value) => ({ value, label: word(value) }))}
        />
      ))}
      <PlaceChoice
        by="path"
        style={{ width: 240 }}
        placeholder={t('rent.place')}
        value={get('place')}
        onChange={(value) => put({ place: value })}
      />
    </Space>
  );
}

import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Checkbox, Input, Segmented, Select, Tag, Tooltip } from 'antd';
import { memo } from 'react';
import type { DeskFilter } from './alarm.ts';
import { deskStates } from './desk-filter.ts';

interface DeskQueryProps {
  filter: DeskFilter;
  put(changes: Record<string, string | undefined>): void;
}

/** What the desk is narrowed to. Not drawn again when alarms come. */
export const DeskQuery = memo(function DeskQuery({ filter, put }: DeskQueryProps) {
  const t = useT();
  return (
    <>
      <Segmented
        options={deskStates.map((state) => ({ value: state, label: t(`alarms.state.${state}`) }))}
        value={filter.state}
        onChange={(state) => put({ state: state === 'open' ? undefined : state })}
      />
      <Select
        allowClear
        placeholder={t('alarms.severity')}
        aria-label={t('alarms.severity')}
        style={{ width: 130 }}
        value={filter.severity}
        onChange={(severity?: number) => put({ severity: severity ? String(severity) : undefined })}
        options={[1, 2, 3, 4].map((severity) => ({ value: severity, label: <SeverityMark severity={severity} /> }))}
      />
      <Input.Search
        allowClear
        placeholder={t('alarms.search')}
        defaultValue={filter.text}
        onSearch={(text) => put({ text: text || undefined })}
        style={{ width: 240 }}
      />
      <Tooltip title={t('alarms.gatherHint')}>
        <Checkbox
          checked={filter.gathered}
          disabled={Boolean(filter.text || filter.subject)}
          onChange={(event) => put({ flat: event.target.checked ? undefined : '1' })}
          style={{ alignSelf: 'center' }}
        >
          {t('alarms.gather')}
        </Checkbox>
      </Tooltip>
      {(['place', 'subject'] as const).map((name) =>
        filter[name] ? (
          <Tag key={name} closable onClose={() => put({ [name]: undefined })} style={{ alignSelf: 'center' }}>
            {t(`alarms.only.${name}`)}
          </Tag>
        ) : null,
      )}
    </>
  );
});

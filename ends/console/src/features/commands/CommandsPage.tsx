import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Input, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { ExportButton, oneOf, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { CommandDrawer } from './CommandDrawer.tsx';
import { type Command, states, useCommands, useFreshCommands } from './queries.ts';
import { RiskTag, StateTag } from './StateTag.tsx';

const inbox = 'awaiting-approval';

/** Everything that was told to devices, and what waits for a second person. */
export default function CommandsPage() {
  const { t, language } = useTexts();
  const { get, put } = useAddress();
  useFreshCommands();
  const state = oneOf(states, get('state'));
  const text = get('text');
  const query = { ...(state ? { state } : {}), ...(text ? { text } : {}) };
  const list = useCommands(query);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return (
    <>
      <ListPage<Command>
        title={t('commands.title')}
        actions={
          <ExportButton
            name={t('commands.title')}
            ask={(format) => sdk.commands.export({ query: { ...query, format } })}
          />
        }
        query={
          <>
            <Segmented
              value={state === inbox ? inbox : 'all'}
              options={[
                { value: 'all', label: t('commands.all') },
                { value: inbox, label: t('commands.inbox') },
              ]}
              onChange={(chosen) => put({ state: chosen === inbox ? inbox : undefined })}
            />
            <Select
              allowClear
              style={{ width: 150 }}
              placeholder={t('commands.state')}
              aria-label={t('commands.state')}
              value={state}
              onChange={(chosen?: string) => put({ state: chosen })}
              options={states.map((each) => ({ value: each, label: t(`commands.states.${each}`) }))}
            />
            <Input.Search
              allowClear
              style={{ width: 240 }}
              placeholder={t('commands.search')}
              defaultValue={text}
              onSearch={(typed) => put({ text: typed || undefined })}
            />
          </>
        }
        columns={[
          { title: t('commands.at'), width: 170, render: (_, row) => dateTime(row.createdAt) },
          {
            title: t('commands.thing'),
            render: (_, row) => `${row.thingName} · ${row.thingCode}`,
          },
          {
            title: t('commands.service'),
            render: (_, row) => (language === 'en' ? row.methodName.en : row.methodName.zh),
          },
          {
            title: t('commands.risk'),
            width: 130,
            render: (_, row) => <RiskTag risk={row.risk} urgent={row.urgent} />,
          },
          {
            title: t('commands.requester'),
            render: (_, row) => `${row.requesterName} · ${t(`commands.origins.${row.origin}`)}`,
          },
          { title: t('commands.state'), render: (_, row) => <StateTag command={row} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ command: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(state === inbox ? 'commands.inboxEmpty' : 'commands.empty')}
      />
      <CommandDrawer id={get('command')} onClose={() => put({ command: undefined })} />
    </>
  );
}

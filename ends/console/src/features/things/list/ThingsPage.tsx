import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Input, Select, Space } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { ExportButton } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type Thing, useFreshThings, useModels, useThings } from '../queries.ts';
import { useModelWords } from '../words.ts';
import { useColumns } from './columns.tsx';
import { equipmentClasses, lifeStates, onlineStates, useThingFilter, whitelists } from './filter.ts';
import { NewThing } from './NewThing.tsx';
import { PlaceChoice } from './PlaceChoice.tsx';
import { ThingImport } from './ThingImport.tsx';

/** The ledger of things; the address holds the filter. */
export default function ThingsPage() {
  const t = useT();
  const navigate = useNavigate();
  const { may } = useSession();
  const { filter, placeId, ready, placeError, put } = useThingFilter();
  const models = useModels();
  const words = useModelWords(models.data);
  const list = useThings(filter, ready);
  const [dialog, setDialog] = useState<'new' | 'import'>();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const columns = useColumns(words.model);
  useFreshThings();

  const choose = (
    name: string,
    label: string,
    value: string | undefined,
    options: [value: string, label: string][],
  ) => (
    <Select
      allowClear
      placeholder={label}
      aria-label={label}
      style={{ width: 130 }}
      value={value}
      onChange={(chosen?: string) => put(name, chosen)}
      options={options.map(([each, words]) => ({ value: each, label: words }))}
    />
  );
  const error = list.error ?? placeError;

  return (
    <>
      <ListPage<Thing>
        title={t('things.title')}
        total={list.data?.pages[0]?.total}
        actions={
          <Space wrap>
            <ExportButton
              name={t('things.exportName')}
              ask={(format) => sdk.things.export({ query: { ...filter, format } })}
            />
            {may('thing:write') ? (
              <>
                <Button icon={<ImportOutlined />} onClick={() => setDialog('import')}>
                  {t('things.import')}
                </Button>
                <Button type="primary" icon={<PlusOutlined />} onClick={() => setDialog('new')}>
                  {t('things.add')}
                </Button>
              </>
            ) : null}
          </Space>
        }
        query={
          <>
            <Input.Search
              allowClear
              placeholder={t('things.search')}
              aria-label={t('things.search')}
              defaultValue={filter.text}
              onSearch={(text) => put('text', text || undefined)}
              style={{ width: 240 }}
            />
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('things.family')}
              aria-label={t('things.family')}
              style={{ width: 180 }}
              value={filter.family}
              onChange={(family?: string) => put('family', family)}
              options={models.data?.map((model) => ({ value: model.family, label: words.model(model.family) }))}
            />
            <PlaceChoice value={placeId} onChange={(id) => put('place', id)} />
            {choose(
              'online',
              t('things.onlineLabel'),
              filter.online,
              onlineStates.map((each) => [each, t(`things.onlineStates.${each}`)]),
            )}
            {choose(
              'state',
              t('things.stateLabel'),
              filter.state,
              lifeStates.map((each) => [each, t(`things.states.${each}`)]),
            )}
            {choose(
              'whitelist',
              t('things.whitelistLabel'),
              filter.whitelist,
              whitelists.map((each) => [each, t(`things.whitelists.${each}`)]),
            )}
            {choose(
              'class',
              t('things.classLabel'),
              filter.equipmentClass,
              equipmentClasses.map((each) => [each, t(`things.classes.${each}`)]),
            )}
          </>
        }
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        loading={ready && (list.isPending || list.isFetchingNextPage)}
        error={error ? said(error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => void navigate(`/things/${row.id}`)}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(Object.keys(filter).length > 0 ? 'things.emptyFiltered' : 'things.empty')}
      />
      {dialog === 'new' ? <NewThing onClose={() => setDialog(undefined)} /> : null}
      {dialog === 'import' ? <ThingImport onClose={() => setDialog(undefined)} /> : null}
    </>
  );
}

import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Checkbox, Input, InputNumber, Progress, Select, Space, Tag } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { ExportButton, PlaceChoice, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { NewHouse } from './NewHouse.tsx';
import { type HouseLine, houseStates, stateColours, useCounts, useFreshHouses, useHouses } from './queries.ts';
import { StockImport } from './StockImport.tsx';

/** Houses 房源: by state, place, text, zone and vacancy; the address holds the filter. */
export default function StockPage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  const navigate = useNavigate();
  const query = useMemo(() => {
    const days = Number(get('days'));
    return {
      ...(get('state') ? { state: get('state') } : {}),
      ...(get('under') ? { under: get('under') } : {}),
      ...(get('text') ? { text: get('text') } : {}),
      ...(get('core') ? { core: true } : {}),
      ...(get('incomplete') ? { incomplete: true } : {}),
      ...(days > 0 ? { vacantDays: days } : {}),
    };
  }, [get]);
  const list = useHouses(query);
  const counts = useCounts(query);
  useFreshHouses();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const total = counts.data?.items.reduce((sum, each) => sum + each.count, 0);

  return (
    <>
      <ListPage<HouseLine>
        title={t('stock.menu')}
        {...(total === undefined ? {} : { total })}
        actions={
          <Space wrap>
            <ExportButton
              name={t('stock.fileName')}
              ask={(format) => sdk.houses.export({ query: { ...query, format } })}
            />
            {may('house:import') ? (
              <Button icon={<UploadOutlined />} onClick={() => put({ import: '1' })}>
                {t('stock.import.open')}
              </Button>
            ) : null}
            {may('house:write') ? (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ new: '1' })}>
                {t('stock.add')}
              </Button>
            ) : null}
          </Space>
        }
        query={
          <Space wrap>
            <Input.Search
              allowClear
              aria-label={t('stock.search')}
              placeholder={t('stock.search')}
              defaultValue={get('text')}
              onSearch={(text) => put({ text: text || undefined })}
              style={{ width: 220 }}
            />
            <Select
              allowClear
              aria-label={t('stock.stateLabel')}
              placeholder={t('stock.stateLabel')}
              value={get('state')}
              onChange={(state?: string) => put({ state })}
              style={{ width: 160 }}
              options={houseStates.map((state) => ({ value: state, label: t(`stock.state.${state}`) }))}
            />
            <PlaceChoice
              by="path"
              value={get('under')}
              onChange={(under) => put({ under })}
              placeholder={t('stock.where')}
              style={{ width: 220 }}
            />
            <InputNumber
              min={1}
              aria-label={t('stock.vacantDays')}
              placeholder={t('stock.vacantDays')}
              value={Number(get('days')) || null}
              onChange={(days) => put({ days: days ? String(days) : undefined })}
              style={{ width: 140 }}
            />
            <Checkbox
              checked={get('core') === '1'}
              onChange={({ target }) => put({ core: target.checked ? '1' : undefined })}
            >
              {t('stock.core')}
            </Checkbox>
            <Checkbox
              checked={get('incomplete') === '1'}
              onChange={({ target }) => put({ incomplete: target.checked ? '1' : undefined })}
            >
              {t('stock.incomplete')}
            </Checkbox>
            {counts.data?.items.map(({ state, count }) => (
              <Tag key={state} color={stateColours[state]}>
                {t(`stock.state.${state}`)} {count}
              </Tag>
            ))}
          </Space>
        }
        columns={[
          { title: t('stock.name'), render: (_, row) => `${row.name} (${row.code})` },
          { title: t('stock.field.address'), render: (_, row) => row.address ?? '—' },
          {
            title: t('stock.stateLabel'),
            width: 190,
            render: (_, row) => (
              <>
                <Tag color={stateColours[row.state]}>{t(`stock.state.${row.state}`)}</Tag>
                {row.repairing && row.state !== 'maintenance' ? (
                  <Tag color="volcano">{t('stock.repairing')}</Tag>
                ) : null}
                {row.core ? <Tag>{t('stock.coreTag')}</Tag> : null}
              </>
            ),
          },
          { title: t('stock.since'), width: 170, render: (_, row) => dateTime(row.since) },
          { title: t('stock.field.layout'), width: 110, render: (_, row) => row.layout ?? '—' },
          { title: t('stock.field.floorArea'), width: 110, align: 'right', render: (_, row) => row.floorArea ?? '—' },
          {
            title: t('stock.completeness'),
            width: 140,
            render: (_, row) => <Progress percent={row.completeness} size="small" />,
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        {...(list.error ? { error: said(list.error) } : {})}
        onReload={() => void list.refetch()}
        onOpen={(row) => void navigate(`/houses/${row.id}`)}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t('stock.empty')}
      />
      {get('import') ? <StockImport onClose={() => put({ import: undefined })} /> : null}
      {get('new') ? <NewHouse onClose={() => put({ new: undefined })} /> : null}
    </>
  );
}

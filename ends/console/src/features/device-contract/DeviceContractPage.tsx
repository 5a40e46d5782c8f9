import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Alert, Flex, Select, Space, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { ExportButton, oneOf, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { type Gap, type ReportFilter, type ShortThing, useCoverage, useReport } from './queries.ts';

const classes = [
  'lock',
  'fire-detector',
  'gas-detector',
  'fire-equipment',
  'water-meter',
  'electricity-meter',
  'gas-meter',
  'heat-meter',
  'camera',
  'entrance-guard',
] as const;
const strengths = ['must', 'should'] as const;

/** One point in which a device falls short: the clause that asks for it, what it is about, what was found. */
function GapTag({ gap }: { gap: Gap }) {
  const t = useT();
  return (
    <Tag color={gap.strength === 'must' ? 'error' : 'warning'} title={gap.detail}>
      {gap.clause} {gap.subject} · {t(`deviceContract.codes.${gap.code}`)}
    </Tag>
  );
}

/** Devices that fall short of what their class must be able to do, and corridors nobody would be warned in. */
export default function DeviceContractPage() {
  const t = useT();
  const navigate = useNavigate();
  const { get, put } = useAddress();
  const deviceClass = oneOf(classes, get('class'));
  const strength = oneOf(strengths, get('strength'));
  const filter: ReportFilter = { ...(deviceClass ? { deviceClass } : {}), ...(strength ? { strength } : {}) };
  const report = useReport(filter);
  const coverage = useCoverage();
  const first = report.data?.pages[0];
  const rows = useMemo(() => report.data?.pages.flatMap((page) => page.items), [report.data]);
  const silent = coverage.data?.gaps ?? [];
  return (
    <Flex vertical gap={12}>
      {silent.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('deviceContract.silent', { gaps: silent.length, places: coverage.data?.places ?? 0 })}
          description={silent
            .slice(0, 20)
            .map(({ name }) => name)
            .join(', ')}
        />
      ) : null}
      <ListPage<ShortThing>
        title={t('deviceContract.title')}
        total={first?.short}
        actions={
          <ExportButton
            name={t('deviceContract.title')}
            ask={(format) => sdk.things.contractReportExport({ query: { ...filter, format } })}
          />
        }
        query={
          <Space wrap>
            <Select
              allowClear
              placeholder={t('deviceContract.class')}
              aria-label={t('deviceContract.class')}
              style={{ width: 150 }}
              value={deviceClass}
              onChange={(chosen?: string) => put({ class: chosen })}
              options={classes.map((each) => ({ value: each, label: t(`deviceContract.classes.${each}`) }))}
            />
            <Select
              allowClear
              placeholder={t('deviceContract.strength')}
              aria-label={t('deviceContract.strength')}
              style={{ width: 130 }}
              value={strength}
              onChange={(chosen?: string) => put({ strength: chosen })}
              options={strengths.map((each) => ({ value: each, label: t(`deviceContract.strengths.${each}`) }))}
            />
            {first ? (
              <Typography.Text type="secondary">
                {t('deviceContract.counted', {
                  things: first.things,
                  short: first.short,
                  types: first.types.length,
                  sites: first.sites.length,
                })}
              </Typography.Text>
            ) : null}
          </Space>
        }
        columns={[
          {
            title: t('deviceContract.thing'),
            render: (_, row) => (
              <>
                {row.name} <Typography.Text code>{row.code}</Typography.Text>
              </>
            ),
          },
          {
            title: t('deviceContract.class'),
            width: 130,
            render: (_, row) => t(`deviceContract.classes.${row.deviceClass}`),
          },
          { title: t('deviceContract.site'), width: 160, render: (_, row) => row.siteName ?? '—' },
          {
            title: t('deviceContract.zone'),
            width: 110,
            render: (_, row) => (row.climateZone ? t(`deviceContract.zones.${row.climateZone}`) : '—'),
          },
          {
            title: t('deviceContract.battery'),
            width: 130,
            align: 'right',
            render: (_, row) => row.batteryYears ?? '—',
          },
          {
            title: t('deviceContract.gaps'),
            render: (_, row) => (
              <Flex wrap gap={4} style={{ width: 290 }}>
                {row.gaps.map((gap) => (
                  <GapTag key={`${gap.clause} ${gap.subject}`} gap={gap} />
                ))}
              </Flex>
            ),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={report.isPending || report.isFetchingNextPage}
        error={report.error ? said(report.error) : undefined}
        onReload={() => void report.refetch()}
        onOpen={(row) => void navigate(`/things/${row.id}`)}
        more={report.hasNextPage}
        onMore={() => void report.fetchNextPage()}
        empty={t('deviceContract.empty')}
      />
    </Flex>
  );
}

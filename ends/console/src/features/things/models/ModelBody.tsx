import { KeyValue } from '@keystead/ui/facts';
import { duration, quantity } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Flex, Select, Skeleton, Table, Tabs, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../../shell/sdk.ts';
import { type Property, useModelVersions } from '../queries.ts';
import { named, useAxisWords } from '../words.ts';
import { Capabilities } from './Capabilities.tsx';
import { Commissioning } from './Commissioning.tsx';

const span = ({ min, max, unit }: Property): string =>
  min === undefined && max === undefined ? '—' : `${min ?? '−∞'} … ${max ?? '∞'} ${quantity(0, unit).slice(2)}`;

/** One model: identity, properties, events and services of one of its versions. */
export function ModelBody({ family }: { family: string }) {
  const { t, language } = useTexts();
  const axis = useAxisWords();
  const { data, error } = useModelVersions(family);
  const [version, setVersion] = useState<number>();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  const model = data?.find((each) => each.version === version) ?? data?.[0];
  if (!data || !model) return <Skeleton active />;
  const called = (each: { id: string; name: { zh: string; en: string } }) => (
    <>
      {named(each.name, language)} <Typography.Text code>{each.id}</Typography.Text>
    </>
  );
  const levels = [
    {
      title: t('things.transferLevel'),
      align: 'right' as const,
      render: (_: unknown, row: { transferLevel: number }) => row.transferLevel,
    },
    {
      title: t('things.storeLevel'),
      align: 'right' as const,
      render: (_: unknown, row: { storeLevel: number }) => row.storeLevel,
    },
  ];
  const tables = { size: 'small' as const, rowKey: 'id', pagination: false as const, scroll: { x: 'max-content' } };
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" gap={12}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {named(model.name, language)}
        </Typography.Title>
        <Select
          value={model.version}
          aria-label={t('things.version')}
          onChange={setVersion}
          options={data.map((each) => ({ value: each.version, label: `v${each.version}` }))}
        />
      </Flex>
      <KeyValue
        facts={[
          { key: 'family', label: t('things.familyCode'), value: model.family },
          { key: 'identity', label: t('things.identityPolicy'), value: t(`things.identities.${model.authentication}`) },
          { key: 'interval', label: t('things.interval'), value: duration(model.interval, language) },
          { key: 'grace', label: t('things.grace'), value: duration(model.grace, language) },
          { key: 'function', label: t('things.function'), value: axis('functions', model.category.function) },
          { key: 'domain', label: t('things.domain'), value: axis('domains', model.category.domain) },
          { key: 'specification', label: t('things.specificationAxis'), value: model.category.specification },
        ]}
      />
      <Tabs
        items={[
          {
            key: 'properties',
            label: `${t('things.properties')} ${model.properties.length}`,
            children: (
              <Table<Property>
                {...tables}
                dataSource={model.properties}
                columns={[
                  { title: t('things.property'), render: (_, row) => called(row) },
                  { title: t('things.type'), render: (_, row) => t(`things.types.${row.type}`) },
                  { title: t('things.span'), render: (_, row) => span(row) },
                  { title: t('things.resolution'), render: (_, row) => row.resolution ?? '—' },
                  { title: t('things.rw'), render: (_, row) => t(`things.accesses.${row.access}`) },
                  ...levels,
                ]}
              />
            ),
          },
          {
            key: 'events',
            label: `${t('things.events')} ${model.events.length}`,
            children: (
              <Table
                {...tables}
                dataSource={model.events}
                columns={[
                  { title: t('things.event'), render: (_, row) => called(row) },
                  {
                    title: t('things.severity'),
                    render: (_, row) => (row.severity ? <SeverityMark severity={row.severity} /> : '—'),
                  },
                  ...levels,
                ]}
              />
            ),
          },
          {
            key: 'services',
            label: `${t('things.services')} ${model.services.length}`,
            children: (
              <Table
                {...tables}
                dataSource={model.services}
                columns={[
                  { title: t('things.service'), render: (_, row) => called(row) },
                  { title: t('things.risk'), render: (_, row) => t(`things.risks.${row.risk}`) },
                  { title: t('things.deadline'), render: (_, row) => duration(row.deadline, language) },
                ]}
              />
            ),
          },
          { key: 'commissioning', label: t('things.commissioning.tab'), children: <Commissioning family={family} /> },
          ...(model.capabilities
            ? [
                {
                  key: 'capabilities',
                  label: t('things.capabilities'),
                  children: <Capabilities capabilities={model.capabilities} />,
                },
              ]
            : []),
        ]}
      />
    </Flex>
  );
}

import { ReloadOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { rangeOf, TimeRange } from '@keystead/ui/time';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Empty, Flex, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { ExportButton, type ExportFormat } from '../../../parts/index.ts';
import { sdk } from '../../../shell/sdk.ts';
import { named } from '../words.ts';
import { QuantityHistory } from './QuantityHistory.tsx';
import { Readings } from './Readings.tsx';
import { StateHistory } from './StateHistory.tsx';
import type { ThingTabProps } from './tab-props.ts';

/** The past of one property: a curve for quantities, stretches for states, words one by one. */
export function HistoryTab({ thing, model }: ThingTabProps) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const range = search.get('range') ?? '24h';
  const properties = model?.properties ?? [];
  const property = properties.find((each) => each.id === search.get('property')) ?? properties[0];
  const put = (name: string, value: string) =>
    setSearch(
      (before) => {
        before.set('tab', 'history');
        before.set(name, value);
        return before;
      },
      { replace: true },
    );
  if (!model || !property) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noProperties')} />;

  const keep = (format: ExportFormat) => {
    const { from, to } = rangeOf(range, new Date());
    const asked = {
      params: { thing: thing.id, property: property.id },
      query: { from: from.toISOString(), to: to.toISOString() },
    };
    return format === 'xlsx' ? sdk.telemetry.exportSheet(asked) : sdk.telemetry.export(asked);
  };
  const shown = { thing, model, property, range };
  const zoom = (text: string) => put('range', text);

  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={8} justify="space-between">
        <Flex wrap gap={8}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            value={property.id}
            style={{ width: 200 }}
            aria-label={t('things.property')}
            options={properties.map((each) => ({ value: each.id, label: named(each.name, language) }))}
            onChange={(id) => put('property', id)}
          />
          <TimeRange value={range} onChange={zoom} />
        </Flex>
        <Flex gap={8}>
          <Button
            icon={<ReloadOutlined />}
            aria-label={t('things.reload')}
            onClick={() => void client.invalidateQueries({ queryKey: ['telemetry', 'past', thing.id] })}
          />
          <ExportButton name={`${thing.code}-${property.id}`} ask={keep} />
        </Flex>
      </Flex>
      {property.type === 'number' || property.type === 'integer' ? (
        <QuantityHistory {...shown} onZoom={zoom} />
      ) : property.type === 'boolean' || property.type === 'enum' ? (
        <StateHistory {...shown} />
      ) : (
        <Readings {...shown} />
      )}
    </Flex>
  );
}

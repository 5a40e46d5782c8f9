import { HistoryChart } from '@keystead/ui/chart';
import { useTexts } from '@keystead/ui/i18n';
import { rangeText } from '@keystead/ui/time';
import { Alert, Flex, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { said } from '../../../shell/sdk.ts';
import { named } from '../words.ts';
import { type PastProps, useCurve } from './past.ts';
import { Readings } from './Readings.tsx';

const nothing: never[] = [];

/** A curve; dragging zooms, a click shows the readings behind the point. */
export function QuantityHistory(props: PastProps & { onZoom(range: string): void }) {
  const { model, property } = props;
  const { language } = useTexts();
  const [pixels, setPixels] = useState(0);
  const [picked, setPicked] = useState<string>();
  const { data, error, isFetching } = useCurve(props, pixels);
  const span = useMemo(
    () => (data ? { from: new Date(data.from), to: new Date(data.to) } : { from: new Date(0), to: new Date(0) }),
    [data],
  );
  return (
    <Flex vertical gap={12}>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <Spin spinning={isFetching && data === undefined} delay={200}>
        <HistoryChart
          name={named(property.name, language)}
          unit={property.unit ?? ''}
          from={span.from}
          to={span.to}
          buckets={data?.buckets ?? nothing}
          width={data?.width ?? 1}
          gapAfter={model.interval + model.grace}
          // Steps of a hundred: a window dragged wider does not ask at every pixel.
          onPixels={(width) => setPixels(Math.min(4000, Math.max(100, Math.ceil(width / 100) * 100)))}
          onZoom={(from, to) => {
            setPicked(undefined);
            props.onZoom(rangeText({ from, to }));
          }}
          onPick={({ time }) => {
            const from = new Date(time);
            setPicked(rangeText({ from, to: new Date(from.getTime() + Math.max(1, data?.width ?? 1) * 1000) }));
          }}
        />
      </Spin>
      {picked ? <Readings {...props} range={picked} /> : null}
    </Flex>
  );
}

import {
  ArrowDownOutlined,
  ArrowLeftOutlined,
  ArrowRightOutlined,
  ArrowUpOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Card, Flex, InputNumber, Slider, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { Asked } from './Asked.tsx';
import { type ChannelAt, useMove, usePreset, type Way } from './queries.ts';

const lasts = 500;
const pad: readonly (readonly [Way, ReactNode, string])[] = [
  ['up', <ArrowUpOutlined key="up" />, '1 / 2'],
  ['left', <ArrowLeftOutlined key="left" />, '2 / 1'],
  ['right', <ArrowRightOutlined key="right" />, '2 / 3'],
  ['down', <ArrowDownOutlined key="down" />, '3 / 2'],
];
const zoom: readonly (readonly [Way, ReactNode])[] = [
  ['in', <ZoomInOutlined key="in" />],
  ['out', <ZoomOutOutlined key="out" />],
];

/** Turns a camera step by step: each press is one movement that ends by itself, and one command in the journal. */
export function PointingPad({ at }: { at: ChannelAt }) {
  const t = useT();
  const { message } = App.useApp();
  const [speed, setSpeed] = useState(64);
  const [number, setNumber] = useState(1);
  const [command, setCommand] = useState<string>();
  const move = useMove(at);
  const preset = usePreset(at);
  const done = {
    onSuccess: ({ command }: { command: string }) => setCommand(command),
    onError: (cause: unknown) => void message.error(said(cause)),
  };
  const button = (way: Way, icon: ReactNode, area?: string) => (
    <Button
      key={way}
      icon={icon}
      style={area === undefined ? undefined : { gridArea: area }}
      aria-label={t(`video.ways.${way}`)}
      title={t(`video.ways.${way}`)}
      onClick={() => move.mutate({ ways: [way], speed, lasts }, done)}
    />
  );
  return (
    <Card size="small" title={t('video.pointing')} extra={<Asked command={command} />} style={{ maxWidth: 520 }}>
      <Flex gap={32} wrap align="center">
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(3, 32px)', gap: 6 }}>
          {pad.map(([way, icon, area]) => button(way, icon, area))}
        </div>
        <Flex vertical gap={8} flex="1 1 220px">
          <Space>
            {zoom.map(([way, icon]) => button(way, icon))}
            <span>{t('video.zoom')}</span>
          </Space>
          <Flex align="center" gap={8}>
            <span>{t('video.speed')}</span>
            <Slider
              style={{ flex: 1 }}
              min={16}
              max={255}
              value={speed}
              onChange={setSpeed}
              ariaLabelForHandle={t('video.speed')}
            />
          </Flex>
          <Space wrap>
            <InputNumber
              min={1}
              max={255}
              value={number}
              aria-label={t('video.preset')}
              prefix={t('video.preset')}
              style={{ width: 140 }}
              onChange={(value) => setNumber(value ?? 1)}
            />
            <Button onClick={() => preset.mutate({ act: 'call', number }, done)}>{t('video.presetCall')}</Button>
            <Button onClick={() => preset.mutate({ act: 'set', number }, done)}>{t('video.presetSet')}</Button>
          </Space>
        </Flex>
      </Flex>
    </Card>
  );
}

import { dateTime, duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Flex, Skeleton, Table, Tooltip, theme } from 'antd';
import { said } from '../../../shell/sdk.ts';
import { useValueWords } from '../words.ts';
import { type PastProps, useTimeline } from './past.ts';

/** Which state when, as a strip, and how long in each. Nothing known stays blank. */
export function StateHistory(props: PastProps) {
  const { t, language } = useTexts();
  const { token } = theme.useToken();
  const words = useValueWords();
  const { data, error } = useTimeline(props);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  const start = Date.parse(data.from);
  const whole = Math.max(1, Date.parse(data.to) - start);
  const states = data.shares.map((share) => share.state).filter((state) => state !== null);
  const tints = [
    token.colorPrimaryBg,
    token.colorPrimary,
    token.colorPrimaryBorder,
    token.colorFill,
    token.colorTextTertiary,
  ];
  const tintOf = (state: string | number | boolean | null) =>
    typeof state === 'boolean' ? tints[state ? 1 : 0] : tints[states.indexOf(state as string) % tints.length];
  const say = (state: string | number | boolean | null) =>
    state === null ? t('things.unknownState') : words(props.property, state);
  return (
    <Flex vertical gap={16}>
      <div
        role="img"
        aria-label={t('things.timeline')}
        style={{
          position: 'relative',
          height: 44,
          border: `1px solid ${token.colorBorderSecondary}`,
          borderRadius: token.borderRadius,
          overflow: 'hidden',
        }}
      >
        {data.stretches.map((stretch) => {
          const from = Date.parse(stretch.from);
          const to = Date.parse(stretch.to);
          return stretch.state === null ? null : (
            <Tooltip
              key={stretch.from}
              title={
                <>
                  <b>{say(stretch.state)}</b> {duration((to - from) / 1000, language)}
                  <div>{dateTime(stretch.from)}</div>
                  <div>{dateTime(stretch.to)}</div>
                </>
              }
            >
              <span
                style={{
                  position: 'absolute',
                  insetBlock: 0,
                  left: `${((from - start) / whole) * 100}%`,
                  width: `max(1px, ${((to - from) / whole) * 100}%)`,
                  background: tintOf(stretch.state),
                }}
              />
            </Tooltip>
          );
        })}
      </div>
      <Flex justify="space-between" style={{ fontSize: 12, color: token.colorTextSecondary }}>
        <span>{dateTime(data.from)}</span>
        <span>{dateTime(data.to)}</span>
      </Flex>
      <Table
        size="small"
        rowKey={(row) => String(row.state)}
        dataSource={data.shares}
        pagination={false}
        columns={[
          {
            title: t('things.value'),
            render: (_, row) => (
              <Flex gap={8} align="center">
                <span
                  aria-hidden="true"
                  style={{
                    width: 12,
                    height: 12,
                    borderRadius: 3,
                    border: `1px solid ${token.colorBorder}`,
                    ...(row.state === null ? {} : { background: tintOf(row.state) }),
                  }}
                />
                {say(row.state)}
              </Flex>
            ),
          },
          { title: t('things.lasted'), align: 'right', render: (_, row) => duration(row.seconds, language) },
          { title: t('things.share'), align: 'right', render: (_, row) => `${(row.share * 100).toFixed(1)} %` },
        ]}
      />
    </Flex>
  );
}

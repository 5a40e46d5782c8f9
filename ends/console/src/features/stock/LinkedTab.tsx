import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Flex, Skeleton, Table, Tag } from 'antd';
import { AboutLink, HouseLiving, useHouseWhole } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';

const onlineColours: Record<string, string> = { online: 'success', offline: 'error', unknown: 'default' };

const reading = (value: unknown): string => {
  const shown = (value as { value?: unknown } | undefined)?.value;
  return shown === undefined || shown === null ? '—' : String(shown);
};

/** House → household → lease → device → reading, in one view. */
export function LinkedTab({ id }: { id: string }) {
  const t = useT();
  const { data, error } = useHouseWhole(id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  return (
    <Flex vertical gap={16}>
      <HouseLiving id={id} />
      {data.alarms.map((alarm) => (
        <Alert
          key={alarm.id}
          type="warning"
          title={
            <>
              <SeverityMark severity={alarm.severity} /> {alarm.subject.name}
            </>
          }
        />
      ))}
      <Table
        size="small"
        rowKey={(device) => device.id}
        dataSource={data.devices}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('stock.device'),
            render: (_, device) => <AboutLink kind="thing" id={device.id} words={device.name} />,
          },
          {
            title: t('stock.online'),
            render: (_, device) => (
              <Tag color={onlineColours[device.online] ?? 'default'}>{t(`stock.onlineState.${device.online}`)}</Tag>
            ),
          },
          {
            title: t('stock.readings'),
            render: (_, device) =>
              Object.entries(device.values)
                .slice(0, 6)
                .map(([name, value]) => <Tag key={name}>{`${name} ${reading(value)}`}</Tag>),
          },
          { title: t('stock.alarms'), align: 'right', render: (_, device) => device.alarms },
        ]}
      />
    </Flex>
  );
}

import { useT } from '@keystead/ui/i18n';
import { Empty, Flex, Table, Tag } from 'antd';
import { type ChannelRow, channelsOf } from './document.ts';

const shownMost = 50;

/** The channels of the newest configuration and the devices on them. */
export function ChannelTable({ document }: { document: unknown }) {
  const t = useT();
  const rows = channelsOf(document);
  if (rows.length === 0) return <Empty description={t('fleet.noChannels')} />;
  return (
    <Table<ChannelRow>
      size="small"
      rowKey={(row) => row.name}
      dataSource={rows}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      columns={[
        { title: t('fleet.channel'), width: 180, render: (_, row) => row.name },
        { title: t('fleet.protocol'), width: 140, render: (_, row) => row.protocol },
        { title: t('fleet.deviceCount'), width: 100, align: 'right', render: (_, row) => row.devices.length },
        {
          title: t('fleet.devices'),
          render: (_, row) => (
            <Flex wrap gap={4}>
              {row.devices.slice(0, shownMost).map((device) => (
                <Tag key={device}>{device}</Tag>
              ))}
              {row.devices.length > shownMost ? '…' : null}
            </Flex>
          ),
        },
      ]}
    />
  );
}

import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { App, Button, Card, Empty, Flex, Space, Table, Typography } from 'antd';
import { useMemo, useState } from 'react';
import type { ThingTabProps } from '../../shell/feature.ts';
import { useSession } from '../../shell/session.tsx';
import { CommandDrawer } from './CommandDrawer.tsx';
import { type Command, type Service, useCommands, useFreshCommands, useModel, useNowOf } from './queries.ts';
import { SendDialog } from './SendDialog.tsx';
import { RiskTag, StateTag } from './StateTag.tsx';

/** What a thing can be told, what it shows now, and how the last commands went. */
export default function ControlTab({ thing, family, modelVersion }: ThingTabProps) {
  const { t, language } = useTexts();
  const { message } = App.useApp();
  const { may } = useSession();
  useFreshCommands();
  const model = useModel(family, modelVersion);
  const now = useNowOf(thing);
  const list = useCommands({ thing }, 20);
  const [chosen, setChosen] = useState<Service>();
  const [opened, setOpened] = useState<string>();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const services = model.data?.services ?? [];

  const currentOf = ({ readBack }: Service): string | undefined => {
    const value = readBack === undefined ? undefined : now.data?.values[readBack.property]?.value;
    const unit = model.data?.properties.find(({ id }) => id === readBack?.property)?.unit ?? '';
    return value === undefined || value === null ? undefined : `${String(value)} ${unit}`.trim();
  };

  return (
    <Flex vertical gap={16}>
      {services.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('commands.noServices')} />
      ) : (
        <Flex wrap gap={12}>
          {services.map((service) => (
            <Card key={service.id} size="small" style={{ width: 240 }}>
              <Flex vertical gap={8}>
                <Space wrap>
                  <Typography.Text strong>{language === 'en' ? service.name.en : service.name.zh}</Typography.Text>
                  <RiskTag risk={service.risk} urgent={service.urgent ?? false} />
                </Space>
                <Typography.Text type="secondary">
                  {currentOf(service) ? t('commands.current', { value: currentOf(service) ?? '' }) : ' '}
                </Typography.Text>
                <Button
                  danger={service.urgent ?? false}
                  disabled={!may('command:send') || service.autonomy !== undefined}
                  onClick={() => setChosen(service)}
                >
                  {t(service.autonomy === undefined ? 'commands.open' : 'commands.protected')}
                </Button>
              </Flex>
            </Card>
          ))}
        </Flex>
      )}
      <Table<Command>
        size="middle"
        rowKey={(row) => row.id}
        dataSource={rows}
        loading={list.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        onRow={(row) => ({ onClick: () => setOpened(row.id), style: { cursor: 'pointer' } })}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('commands.noneYet')} /> }}
        columns={[
          { title: t('commands.at'), width: 170, render: (_, row) => dateTime(row.createdAt) },
          {
            title: t('commands.service'),
            render: (_, row) => (language === 'en' ? row.methodName.en : row.methodName.zh),
          },
          { title: t('commands.input'), render: (_, row) => JSON.stringify(row.input) },
          { title: t('commands.requester'), render: (_, row) => row.requesterName },
          { title: t('commands.state'), render: (_, row) => <StateTag command={row} /> },
        ]}
      />
      {chosen ? (
        <SendDialog
          thing={thing}
          service={chosen}
          current={currentOf(chosen)}
          onClose={() => setChosen(undefined)}
          onSent={(command) => {
            setChosen(undefined);
            setOpened(command.id);
            void message.success(t('commands.sent'));
          }}
        />
      ) : null}
      <CommandDrawer id={opened} onClose={() => setOpened(undefined)} />
    </Flex>
  );
}

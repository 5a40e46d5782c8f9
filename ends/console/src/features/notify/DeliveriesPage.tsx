import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Flex, Select, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { DeliveryDrawer, DeliveryStateTag } from './DeliveryDrawer.tsx';
import { channelKinds, type Delivery, deliveryStates, triggers, useDeliveries, useResend } from './queries.ts';
import { SmsOutbox } from './SmsOutbox.tsx';

/** What was told to whom, and how it went. */
export default function DeliveriesPage() {
  const t = useT();
  const { message } = App.useApp();
  const { get, put } = useAddress();
  const state = oneOf(deliveryStates, get('state'));
  const channel = oneOf(channelKinds, get('channel'));
  const trigger = get('trigger');
  const about = get('about');
  const filter = useMemo(
    () => ({
      ...(state ? { state } : {}),
      ...(channel ? { channel } : {}),
      ...(trigger ? { trigger } : {}),
      ...(about && /^[^:]+:.+$/.test(about) ? { about } : {}),
    }),
    [state, channel, trigger, about],
  );
  const list = useDeliveries(filter);
  const resend = useResend();
  const [sms, setSms] = useState(false);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const open = rows?.find((row) => row.id === get('delivery'));

  const again = (id: string) =>
    resend.mutate(id, {
      onSuccess: () => void message.success(t('notify.resent')),
      onError: (cause) => void message.error(said(cause)),
    });

  const choose = <T extends string>(
    name: string,
    label: string,
    value: T | undefined,
    options: readonly T[],
    word: (each: T) => string,
  ) => (
    <Select
      allowClear
      placeholder={label}
      aria-label={label}
      style={{ width: 150 }}
      value={value}
      onChange={(chosen?: T) => put({ [name]: chosen })}
      options={options.map((each) => ({ value: each, label: word(each) }))}
    />
  );

  return (
    <>
      <ListPage<Delivery>
        title={t('notify.deliveries')}
        actions={<Button onClick={() => setSms(true)}>{t('notify.smsOutbox')}</Button>}
        query={
          <>
            {choose('state', t('notify.state'), state, deliveryStates, (each) => t(`notify.deliveryState.${each}`))}
            {choose('channel', t('notify.way'), channel, channelKinds, (each) => t(`notify.channel.${each}`))}
            {choose('trigger', t('notify.about'), oneOf(triggers, trigger), triggers, (each) =>
              t(`notify.trigger.${each}`),
            )}
            {about ? (
              <Tag closable onClose={() => put({ about: undefined })}>
                {about}
              </Tag>
            ) : null}
          </>
        }
        columns={[
          { title: t('notify.at'), width: 170, render: (_, row) => dateTime(row.createdAt) },
          { title: t('notify.severity'), width: 90, render: (_, row) => <SeverityMark severity={row.severity} /> },
          { title: t('notify.about'), width: 100, render: (_, row) => t(`notify.trigger.${row.trigger}`) },
          { title: t('notify.receiver'), width: 110, render: (_, row) => row.receiverName || '—' },
          { title: t('notify.way'), width: 90, render: (_, row) => t(`notify.channel.${row.channel}`) },
          {
            title: t('notify.text'),
            render: (_, row) => (
              <Flex vertical style={{ maxWidth: 300 }}>
                <Typography.Text ellipsis>{row.title}</Typography.Text>
                {row.error ? (
                  <Typography.Text type="danger" ellipsis>
                    {row.error}
                  </Typography.Text>
                ) : null}
              </Flex>
            ),
          },
          { title: t('notify.state'), width: 90, render: (_, row) => <DeliveryStateTag state={row.state} /> },
          { title: t('notify.attempts'), width: 70, align: 'right', render: (_, row) => row.attempts },
          {
            title: '',
            width: 100,
            render: (_, row) => (
              <Button
                size="small"
                loading={resend.isPending && resend.variables === row.id}
                onClick={(event) => {
                  event.stopPropagation();
                  again(row.id);
                }}
              >
                {t('notify.resend')}
              </Button>
            ),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ delivery: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(Object.keys(filter).length > 0 ? 'notify.emptyFiltered' : 'notify.emptyDeliveries')}
      />
      <DeliveryDrawer delivery={open} onClose={() => put({ delivery: undefined })} onResend={again} />
      {sms ? <SmsOutbox onClose={() => setSms(false)} /> : null}
    </>
  );
}

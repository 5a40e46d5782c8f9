import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Modal, Table } from 'antd';
import { said } from '../../shell/sdk.ts';
import { useSmsOutbox } from './queries.ts';

/** Text messages that the demonstration provider kept instead of sending. */
export function SmsOutbox({ onClose }: { onClose(): void }) {
  const t = useT();
  const { data, error, isPending } = useSmsOutbox(true);
  return (
    <Modal open width={760} title={t('notify.smsOutbox')} footer={null} onCancel={onClose}>
      <Flex vertical gap={12}>
        <Alert type="info" showIcon title={t('notify.smsHint')} />
        {error ? <Alert type="error" title={said(error)} /> : null}
        <Table
          size="small"
          rowKey={(row) => row.id}
          loading={isPending && !error}
          dataSource={data?.items}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          locale={{ emptyText: t('notify.smsNone') }}
          columns={[
            { title: t('notify.at'), width: 170, render: (_, row) => dateTime(row.at) },
            { title: t('notify.receiver'), width: 120, render: (_, row) => row.receiverName },
            { title: t('notify.address'), width: 130, render: (_, row) => row.sentTo },
            { title: t('notify.text'), render: (_, row) => row.text },
          ]}
        />
      </Flex>
    </Modal>
  );
}

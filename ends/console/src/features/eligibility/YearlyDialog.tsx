import { siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Flex, Input, Modal, Table, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { NameText } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useOpenYearly, useYearlyAhead } from './queries.ts';

/** Opens the yearly reviews that are near: who is among them is shown before. */
export function YearlyDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const [before, setBefore] = useState(siteDate(30));
  const ahead = useYearlyAhead(before);
  const open = useOpenYearly();
  const failed = ahead.error ?? open.error;
  return (
    <Modal
      open
      width={680}
      title={t('eligibility.yearly')}
      onCancel={onClose}
      okText={t('eligibility.openYearly', { count: ahead.data?.count ?? 0 })}
      okButtonProps={{ disabled: !ahead.data?.count, loading: open.isPending }}
      onOk={() =>
        open.mutate(before, {
          onSuccess: ({ opened, missing }) => {
            void message.success(t('eligibility.yearlyOpened', { opened, missing }));
            onClose();
          },
        })
      }
    >
      <Flex vertical gap={12}>
        {failed ? <Alert type="error" showIcon title={said(failed)} /> : null}
        <Flex gap={8} align="center">
          <Typography.Text>{t('eligibility.anniversaryBefore')}</Typography.Text>
          <Input
            type="date"
            style={{ width: 180 }}
            aria-label={t('eligibility.anniversaryBefore')}
            value={before}
            onChange={({ target }) => setBefore(target.value)}
          />
        </Flex>
        <Table
          size="small"
          loading={ahead.isFetching}
          rowKey={(row) => row.lease}
          dataSource={ahead.data?.first}
          pagination={false}
          scroll={{ y: 320 }}
          footer={() => t('eligibility.yearlyAhead', { count: ahead.data?.count ?? 0 })}
          columns={[
            { title: t('eligibility.day'), width: 120, render: (_, row) => row.day },
            {
              title: t('eligibility.lease'),
              width: 170,
              render: (_, row) => <Link to={`/leases/${row.lease}`}>{row.code}</Link>,
            },
            {
              title: t('eligibility.household'),
              render: (_, row) => <NameText party={row.household} name={row.name} />,
            },
          ]}
        />
      </Flex>
    </Modal>
  );
}

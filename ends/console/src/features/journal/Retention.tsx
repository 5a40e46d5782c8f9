import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Flex, InputNumber, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useKeepFor, useRetention } from './queries.ts';

/** How long lines are kept; never under what the standard asks for. */
export function Retention() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { data, error } = useRetention();
  const keep = useKeepFor();
  const [days, setDays] = useState<number | null>(null);
  useEffect(() => setDays(data?.days ?? null), [data]);
  const problem = error ?? keep.error;
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={5} style={{ margin: 0 }}>
        {t('journal.retention')}
      </Typography.Title>
      {problem ? <Alert type="error" showIcon title={said(problem)} /> : null}
      <Typography.Text type="secondary">{t('journal.retentionHint', { least: data?.least ?? 180 })}</Typography.Text>
      <Flex gap={8}>
        <InputNumber
          value={days}
          onChange={setDays}
          min={data?.least ?? 180}
          max={36_500}
          precision={0}
          suffix={t('journal.days')}
          aria-label={t('journal.retention')}
          disabled={!may('system:write')}
          style={{ width: 160 }}
        />
        {may('system:write') ? (
          <Button
            loading={keep.isPending}
            disabled={days === null || days === data?.days}
            onClick={() =>
              days !== null && keep.mutate(days, { onSuccess: () => void message.success(t('journal.saved')) })
            }
          >
            {t('journal.save')}
          </Button>
        ) : null}
      </Flex>
    </Flex>
  );
}

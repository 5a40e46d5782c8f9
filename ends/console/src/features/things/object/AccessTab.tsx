import { useT } from '@keystead/ui/i18n';
import { Flex, Typography } from 'antd';
import { sdk } from '../../../shell/sdk.ts';
import { useOf } from '../queries.ts';
import { RefusalTable } from '../RefusalTable.tsx';
import { Credentials } from './Credentials.tsx';
import type { ThingTabProps } from './tab-props.ts';
import { Whitelist } from './Whitelist.tsx';

/** Whether a thing may speak, what it is known by, and what of its words was refused. */
export function AccessTab({ thing, model }: ThingTabProps) {
  const t = useT();
  const refusals = useOf(thing.id, 'refusals-of', () =>
    sdk.things.refusalsOf({ params: { id: thing.id }, query: { limit: 100 } }),
  );
  return (
    <Flex vertical gap={28}>
      <section>
        <Typography.Title level={5} style={{ marginTop: 0 }}>
          {t('things.whitelistLabel')}
        </Typography.Title>
        <Whitelist thing={thing} />
      </section>
      <section>
        <Typography.Title level={5} style={{ marginTop: 0 }}>
          {t('things.credentials')}
        </Typography.Title>
        <Credentials thing={thing} model={model} />
      </section>
      <section>
        <Typography.Title level={5} style={{ marginTop: 0 }}>
          {t('things.refusals')}
        </Typography.Title>
        <RefusalTable rows={refusals.data} loading={refusals.isPending} error={refusals.error} />
      </section>
    </Flex>
  );
}

import { useT } from '@keystead/ui/i18n';
import { Flex, Segmented, Typography } from 'antd';
import { oneOf, useAddress } from '../../parts/index.ts';
import { CheckDrawer } from './CheckDrawer.tsx';
import { CheckTable } from './CheckTable.tsx';
import { states } from './queries.ts';

/** All photographed dials; those that wait for a verdict first. */
export default function DialsPage() {
  const t = useT();
  const { get, put } = useAddress();
  const state = get('state') === 'all' ? undefined : (oneOf(states, get('state')) ?? 'waiting');
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('dials.title')}
      </Typography.Title>
      <Typography.Text type="secondary">{t('dials.pageHint')}</Typography.Text>
      <div>
        <Segmented
          value={state ?? 'all'}
          options={[...states, 'all' as const].map((value) => ({
            value,
            label: t(value === 'all' ? 'dials.allStates' : `dials.states.${value}`),
          }))}
          onChange={(value) => put({ state: value })}
        />
      </div>
      <CheckTable
        query={state ? { state } : {}}
        empty={t(state === 'waiting' ? 'dials.noneWaiting' : 'dials.none')}
        onOpen={(open) => put({ open })}
      />
      <CheckDrawer id={get('open')} onClose={() => put({ open: undefined })} />
    </Flex>
  );
}

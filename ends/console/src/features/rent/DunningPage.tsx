import { useT } from '@keystead/ui/i18n';
import { App, Button, Flex, Tabs, Typography } from 'antd';
import { useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { NoticeList } from './NoticeList.tsx';
import { Plans } from './Plans.tsx';
import { useRentChange } from './queries.ts';

/** Reminders of what is late, and plans by which it is paid in parts. */
export default function DunningPage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  const { message } = App.useApp();
  const look = useRentChange(() => sdk.dunning.run());
  return (
    <Flex vertical gap={8}>
      <Flex align="center" gap={12}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('rent.dunning')}
        </Typography.Title>
        {may('dunning:write') ? (
          <Button
            loading={look.isPending}
            onClick={() =>
              look.mutate(undefined, {
                onSuccess: () => void message.success(t('rent.lookingNow')),
                onError: (cause) => void message.error(said(cause)),
              })
            }
          >
            {t('rent.lookNow')}
          </Button>
        ) : null}
      </Flex>
      <Tabs
        activeKey={get('tab') ?? 'notices'}
        onChange={(tab) => put({ tab, state: undefined, channel: undefined, place: undefined })}
        items={[
          { key: 'notices', label: t('rent.notices'), children: <NoticeList /> },
          { key: 'plans', label: t('rent.plan.name'), children: <Plans /> },
        ]}
      />
    </Flex>
  );
}

import { useT } from '@keystead/ui/i18n';
import { Flex, Tabs, Typography } from 'antd';
import { oneOf, useAddress } from '../../../parts/index.ts';
import { Authorities } from './Authorities.tsx';
import { ProvisionKeys } from './ProvisionKeys.tsx';
import { Rotations } from './Rotations.tsx';

const tabs = ['keys', 'authorities', 'rotation'] as const;

/** Where identities of devices come from, and how their secrets are renewed. */
export default function IdentityPage() {
  const t = useT();
  const { get, put } = useAddress();
  const shown = oneOf(tabs, get('tab')) ?? 'keys';
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('things.identityPage.title')}
      </Typography.Title>
      <Tabs
        activeKey={shown}
        onChange={(tab) => put({ tab })}
        destroyOnHidden
        items={[
          { key: 'keys', label: t('things.identityPage.keys'), children: <ProvisionKeys /> },
          { key: 'authorities', label: t('things.identityPage.authorities'), children: <Authorities /> },
          { key: 'rotation', label: t('things.identityPage.rotation'), children: <Rotations /> },
        ]}
      />
    </Flex>
  );
}

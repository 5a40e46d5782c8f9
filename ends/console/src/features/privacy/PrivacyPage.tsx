import { useT } from '@keystead/ui/i18n';
import { Flex, Tabs, Typography } from 'antd';
import { useAddress } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import { PartyData } from './PartyData.tsx';
import { Purposes } from './Purposes.tsx';
import { Requests } from './Requests.tsx';

/** The desk for rights over personal data: what people ask, what is held of somebody and who looked, and why anything is held. */
export default function PrivacyPage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('privacy.title')}
      </Typography.Title>
      <Tabs
        activeKey={get('tab') ?? 'requests'}
        onChange={(tab) => put({ tab, request: undefined })}
        items={[
          { key: 'requests', label: t('privacy.requests'), children: <Requests /> },
          ...(may('party:read') ? [{ key: 'party', label: t('privacy.looks'), children: <PartyData /> }] : []),
          ...(may('party:read') ? [{ key: 'purposes', label: t('privacy.purposes'), children: <Purposes /> }] : []),
        ]}
      />
    </Flex>
  );
}

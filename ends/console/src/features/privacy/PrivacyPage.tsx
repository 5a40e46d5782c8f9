import { useT } from '@keystead/ui/i18n';
import { TabbedPage } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import { PartyData } from './PartyData.tsx';
import { Purposes } from './Purposes.tsx';
import { Requests } from './Requests.tsx';

/** The desk for rights over personal data: what people ask, what is held of somebody and who looked, and why anything is held. */
export default function PrivacyPage() {
  const t = useT();
  const { may } = useSession();
  return (
    <TabbedPage
      title={t('privacy.title')}
      forget={['request']}
      tabs={[
        { key: 'requests', label: t('privacy.requests'), children: <Requests /> },
        ...(may('party:read')
          ? [
              { key: 'party', label: t('privacy.looks'), children: <PartyData /> },
              { key: 'purposes', label: t('privacy.purposes'), children: <Purposes /> },
            ]
          : []),
      ]}
    />
  );
}

import { useT } from '@keystead/ui/i18n';
import { TabbedPage } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import { CameraList } from './CameraList.tsx';
import { ChannelTree } from './ChannelTree.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { SitePanel } from './SitePanel.tsx';

/** Cameras, recorders, algorithms of communities, and what all of it stands on. */
export default function VideoPage() {
  const t = useT();
  const { may } = useSession();
  return (
    <TabbedPage
      title={t('video.title')}
      destroyOnHidden
      tabs={[
        { key: 'cameras', label: t('video.cameras'), children: <CameraList /> },
        { key: 'channels', label: t('video.channels'), children: <ChannelTree /> },
        { key: 'sites', label: t('video.sites'), children: <SitePanel /> },
        ...(may('video:manage') ? [{ key: 'settings', label: t('video.settings'), children: <SettingsPanel /> }] : []),
      ]}
    />
  );
}

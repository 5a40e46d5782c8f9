import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

/** What I was told; looked at, it counts as read. */
export function NoticesPage() {
  const t = useT();
  const notices = useQuery({
    queryKey: ['notices'],
    queryFn: async () => {
      const found = await sdk.ownHome.notices({});
      if (found.some(({ readAt }) => readAt === undefined)) await sdk.ownHome.readNotices({});
      return found;
    },
  });
  return (
    <Page title={t('tenant.notices')}>
      <Loaded of={notices}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="quiet">{t('tenant.nothing')}</p>
          ) : (
            lines.map((notice) => (
              <section key={notice.id} className="card">
                <h2>{notice.title}</h2>
                <p>{notice.body}</p>
                <p className="quiet">{dateTime(notice.createdAt)}</p>
              </section>
            ))
          )
        }
      </Loaded>
    </Page>
  );
}

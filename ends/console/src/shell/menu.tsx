import type { Translate } from '@keystead/ui/i18n';
import type { MenuProps } from 'antd';
import { Link } from 'react-router';
import type { Feature, MenuGroup } from './feature.ts';

const groups: MenuGroup[] = ['overview', 'places', 'work', 'housing', 'industry', 'itops', 'insight', 'system'];

/** The menu holds only what the person may open, by wing; `open` is the entry of the page one is on. */
export function menuItems(
  features: readonly Feature[],
  may: (permission: string) => boolean,
  t: Translate,
  open?: string,
): NonNullable<MenuProps['items']> {
  const entries = features.flatMap((feature) => feature.menu).filter((entry) => may(entry.permission));
  return groups.flatMap((group): NonNullable<MenuProps['items']> => {
    const here = entries.filter((entry) => entry.group === group).sort((a, b) => a.order - b.order);
    if (here.length === 0) return [];
    const items = here.map((entry) => ({
      key: entry.path,
      icon: entry.icon,
      label: (
        <Link to={entry.path} {...(entry.path === open ? { 'aria-current': 'page' } : {})}>
          {t(entry.label)}
        </Link>
      ),
    }));
    return group === 'overview'
      ? items
      : [{ type: 'group', key: group, label: t(`shell.group.${group}`), children: items }];
  });
}

/** The menu entry whose page (or a page below it) is open; undefined for pages that belong to none. */
export function openKeyOf(features: readonly Feature[], pathname: string): string | undefined {
  const under = features
    .flatMap((feature) => feature.routes)
    .find((route) => route.under !== undefined && `/${route.path}` === pathname)?.under;
  if (under !== undefined) return under;
  return features
    .flatMap((feature) => feature.menu.map((entry) => entry.path))
    .filter((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .sort((a, b) => b.length - a.length)[0];
}

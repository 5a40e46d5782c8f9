import { dateTime } from '@keystead/ui/format';

/** `2026-06-01 09:00` on the site's clock. */
export const minute = (at: string | null | undefined): string => dateTime(at).slice(0, 16);
/** `2026-06-01` on the site's clock. */
export const day = (at: string | null | undefined): string => dateTime(at).slice(0, 10);

import { siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';

/** How a bill stands in words: paid, to be paid by a day, or past that day. */
export function BillDue({ owed, dueOn }: { owed: number; dueOn: string }) {
  const t = useT();
  if (owed <= 0) return <p className="quiet">{t('tenant.bill.paid')}</p>;
  if (dueOn < siteDate()) return <p className="late">{t('tenant.bill.late', { day: dueOn })}</p>;
  return <p className="quiet">{t('tenant.bill.due', { day: dueOn })}</p>;
}

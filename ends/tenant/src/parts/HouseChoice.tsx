import { useT } from '@keystead/ui/i18n';
import { yuan } from './money.ts';

export interface HouseFacts {
  id: string;
  name: string;
  address: string;
  layout: string;
  area: number;
  rent: number;
  deposit: number;
}

/** What a house is and costs, in the words one chooses by. */
export function HouseLines({ of }: { of: HouseFacts }) {
  const t = useT();
  return (
    <>
      <strong>{of.name}</strong>
      <br />
      {of.layout} · {t('tenant.choose.area', { area: of.area })}
      <br />
      {t('tenant.choose.rent', { amount: yuan(of.rent) })}
      {of.address && (
        <>
          <br />
          <span className="quiet">{of.address}</span>
        </>
      )}
    </>
  );
}

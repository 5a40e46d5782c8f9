import { useT } from '@keystead/ui/i18n';
import { type FormEvent, useState } from 'react';
import { sdk } from '../sdk.ts';
import { useAct } from './act.ts';
import { Refusal } from './Loaded.tsx';
import { Photos, photoQuery } from './Photos.tsx';

const meters = ['water', 'electricity'] as const;
const furniture = ['lock', 'heater', 'conditioner', 'stove', 'bed', 'wardrobe'] as const;

/** Meters, what stands in the house, pictures: confirmed, the house is mine. */
export function HandoverForm() {
  const t = useT();
  const act = useAct();
  const [readings, setReadings] = useState<Record<string, string>>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [files, setFiles] = useState<File[]>([]);
  const confirm = async () => {
    const photos: string[] = [];
    for (const file of files)
      photos.push((await sdk.ownMoveIn.putPhoto({ query: photoQuery(file), body: await file.arrayBuffer() })).id);
    return sdk.ownMoveIn.checkIn({
      body: {
        readings: Object.fromEntries(meters.map((each) => [each, Math.round(Number(readings[each] ?? 0) * 1000)])),
        furniture: furniture.map((each) => ({
          item: t(`tenant.furniture.${each}`),
          count: 1,
          condition: t(missing.includes(each) ? 'tenant.move.faulty' : 'tenant.move.fine'),
        })),
        photos,
      },
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.mutate(confirm);
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{t('tenant.move.handover')}</h2>
      <p className="note">{t('tenant.move.guidance')}</p>
      {meters.map((each) => (
        <div key={each}>
          <label htmlFor={each}>{t(`tenant.move.meter.${each}`)}</label>
          <input
            id={each}
            required
            inputMode="decimal"
            pattern="\d{1,9}(\.\d{1,3})?"
            value={readings[each] ?? ''}
            onChange={(event) => setReadings({ ...readings, [each]: event.target.value })}
          />
        </div>
      ))}
      <fieldset>
        <legend>{t('tenant.move.furniture')}</legend>
        <div className="choices">
          {furniture.map((each) => (
            <label key={each} className="tick">
              <input
                type="checkbox"
                checked={!missing.includes(each)}
                onChange={(event) =>
                  setMissing(event.target.checked ? missing.filter((one) => one !== each) : [...missing, each])
                }
              />
              {t(`tenant.furniture.${each}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <Photos label={t('tenant.move.photos')} files={files} onFiles={setFiles} />
      {act.error && <Refusal cause={act.error} />}
      <div className="actions">
        <button className="main" type="submit" disabled={act.isPending}>
          {t('tenant.move.confirm')}
        </button>
      </div>
    </form>
  );
}

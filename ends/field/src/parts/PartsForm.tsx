import { useT } from '@keystead/ui/i18n';
import { type FormEvent, useState } from 'react';
import type { Day } from '../keep/types.ts';

type Part = Day['parts'][number];
interface Used {
  readonly part: string;
  readonly quantity: number;
}

/** Spare parts used in the work. */
export function PartsForm(props: {
  parts: readonly Part[];
  used: readonly Used[];
  onUsed(part: string, quantity: number): void;
}) {
  const { parts, used, onUsed } = props;
  const t = useT();
  const [part, setPart] = useState('');
  const [quantity, setQuantity] = useState('1');
  const count = Number(quantity);
  const fits = part !== '' && Number.isInteger(count) && count > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onUsed(part, count);
    setPart('');
    setQuantity('1');
  };
  const nameOf = (id: string) => parts.find((each) => each.id === id)?.name ?? id;
  return (
    <details className="card">
      <summary>{t('field.parts')}</summary>
      {used.length > 0 && (
        <ul>
          {used.map((each) => (
            <li key={each.part}>
              {nameOf(each.part)} × {each.quantity}
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit}>
        <label htmlFor="part">{t('field.part')}</label>
        <select id="part" value={part} onChange={(event) => setPart(event.target.value)}>
          <option value="">{t('field.choose')}</option>
          {parts.map(({ id, code, name, unit, stock }) => (
            <option key={id} value={id}>
              {code} {name} ({t('field.stock', { stock, unit })})
            </option>
          ))}
        </select>
        <label htmlFor="quantity">{t('field.quantity')}</label>
        <input
          id="quantity"
          inputMode="numeric"
          value={quantity}
          onChange={(event) => setQuantity(event.target.value)}
        />
        <div className="actions">
          <button type="submit" disabled={!fits}>
            {t('field.usePart')}
          </button>
        </div>
      </form>
    </details>
  );
}

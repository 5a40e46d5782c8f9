import { useT } from '@keystead/ui/i18n';
import { useEffect, useId, useState } from 'react';
import { type Picture, shrunk } from '../keep/senses.ts';

/** Takes a photo with the camera, and shows what was taken. */
export function PhotoInput(props: { label: string; name: string; onTaken(picture: Picture | undefined): void }) {
  const { label, name, onTaken } = props;
  const t = useT();
  const id = useId();
  const [shown, setShown] = useState<string>();
  const [bad, setBad] = useState(false);
  useEffect(() => () => void (shown && URL.revokeObjectURL(shown)), [shown]);
  async function take(file: File | undefined) {
    setBad(false);
    if (!file) return;
    try {
      const picture = await shrunk(file, name);
      setShown(URL.createObjectURL(new Blob([picture.bytes], { type: picture.mediaType })));
      onTaken(picture);
    } catch {
      setBad(true);
      onTaken(undefined);
    }
  }
  return (
    <div className="photo">
      <label htmlFor={id} className="button">
        <span aria-hidden="true">▣</span> {shown ? t('field.retake') : label}
      </label>
      <input
        id={id}
        type="file"
        accept="image/*"
        capture="environment"
        className="hidden-input"
        onChange={(event) => void take(event.target.files?.[0])}
      />
      {shown && <img src={shown} alt={t('field.taken')} />}
      {bad && (
        <p role="alert" className="note bad">
          {t('field.badPhoto')}
        </p>
      )}
    </div>
  );
}

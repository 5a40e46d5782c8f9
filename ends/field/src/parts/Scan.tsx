import { useT } from '@keystead/ui/i18n';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { codeReader } from '../keep/senses.ts';

const lookEvery = 250; // ms

/** Reads a code off the camera where the browser can; it can always be typed. */
export function Scan({ onCode, onClose }: { onCode(code: string): void; onClose(): void }) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const view = useRef<HTMLVideoElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const reader = useRef(codeReader());
  const tell = useRef(onCode);
  tell.current = onCode;
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const detector = reader.current;
    if (!detector) return;
    let camera: MediaStream | undefined;
    let over = false;
    const look = setInterval(async () => {
      const video = view.current;
      if (!video || video.readyState < video.HAVE_CURRENT_DATA) return;
      const [found] = await detector.detect(video).catch(() => []);
      if (found && !over) tell.current(found.rawValue);
    }, lookEvery);
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      async (stream) => {
        camera = stream;
        if (over || !view.current) return;
        view.current.srcObject = stream;
        await view.current.play();
      },
      () => {},
    );
    return () => {
      over = true;
      clearInterval(look);
      for (const track of camera?.getTracks() ?? []) track.stop();
    };
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) onCode(typed.trim());
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-label={t('field.scan')}>
      <h2>{t('field.scan')}</h2>
      {reader.current ? <video ref={view} muted playsInline className="view" /> : <p>{t('field.noCamera')}</p>}
      <form onSubmit={submit}>
        <label htmlFor="code">{t('field.typeCode')}</label>
        <input id="code" value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        <div className="actions">
          <button type="submit" className="main">
            {t('field.ok')}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            {t('field.cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

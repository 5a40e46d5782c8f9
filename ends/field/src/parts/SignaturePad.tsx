import { useT } from '@keystead/ui/i18n';
import { type PointerEvent, useRef, useState } from 'react';
import { drawing, type Picture } from '../keep/senses.ts';

const size = { width: 640, height: 220 };

/** A signature drawn with the finger. */
export function SignaturePad({ label, onDrawn }: { label: string; onDrawn(picture: Picture | undefined): void }) {
  const t = useT();
  const pad = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const down = useRef(false);
  function at({ clientX, clientY }: PointerEvent): [number, number] {
    const box = pad.current?.getBoundingClientRect();
    if (!box) return [0, 0];
    return [((clientX - box.left) / box.width) * size.width, ((clientY - box.top) / box.height) * size.height];
  }
  function begin(event: PointerEvent) {
    const pen = pad.current?.getContext('2d');
    if (!pen) return;
    pad.current?.setPointerCapture(event.pointerId);
    down.current = true;
    pen.lineWidth = 4;
    pen.lineCap = 'round';
    pen.strokeStyle = '#0b1a3a';
    pen.beginPath();
    pen.moveTo(...at(event));
  }
  function draw(event: PointerEvent) {
    if (!down.current) return;
    const pen = pad.current?.getContext('2d');
    pen?.lineTo(...at(event));
    pen?.stroke();
    setDrawn(true);
  }
  function end() {
    if (!down.current) return;
    down.current = false;
    if (pad.current && drawn) void drawing(pad.current).then(onDrawn);
  }
  function clear() {
    pad.current?.getContext('2d')?.clearRect(0, 0, size.width, size.height);
    setDrawn(false);
    onDrawn(undefined);
  }
  return (
    <div>
      <p className="label">{label}</p>
      <canvas
        ref={pad}
        {...size}
        className="pad"
        aria-label={label}
        role="img"
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {drawn && (
        <button type="button" onClick={clear}>
          {t('field.drawAgain')}
        </button>
      )}
    </div>
  );
}

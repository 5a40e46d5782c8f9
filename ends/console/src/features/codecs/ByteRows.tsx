import { byteRows, type Span } from './frame-tree.ts';
import './bytes.css';

/** Bytes of a frame in hexadecimal, those of the part one looks at marked. */
export function ByteRows({ hex, frame, lit }: { hex: string; frame: Span; lit: Span | undefined }) {
  return (
    <pre className="codecs-bytes">
      {byteRows(hex, frame, lit).map((row) => (
        <div key={row[0]?.at}>
          <span className="codecs-offset">{(row[0]?.at ?? 0).toString(16).padStart(4, '0')} </span>
          {row.map(({ at, text, own, lit: isLit }) => (
            <span key={at} className={isLit ? 'codecs-lit' : own ? undefined : 'codecs-around'}>
              {` ${text}`}
            </span>
          ))}
        </div>
      ))}
    </pre>
  );
}

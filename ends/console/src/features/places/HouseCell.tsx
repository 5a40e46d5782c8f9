import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { severityColours, useAppearance } from '@keystead/ui/theme';
import { Tooltip, theme } from 'antd';
import type { KeyboardEvent, Ref } from 'react';
import { type HouseState, type Letting, lettingColours } from './building-state.ts';
import { shortName } from './grid-layout.ts';
import { useStatusLook } from './status-look.ts';

interface HouseCellProps {
  house: { id: string; code: string; name: string };
  state: HouseState;
  /** How it is let, when it has a file. */
  letting: Letting | undefined;
  /** The one cell the Tab key comes to; arrows go on from there. */
  reachable: boolean;
  cellRef: Ref<HTMLButtonElement>;
  onOpen(): void;
  onKey(event: KeyboardEvent): void;
}

/** One house: letter and tint tell its state, hatch and outline its worst alarm, a dot that things are silent. */
export function HouseCell({ house, state, letting, reachable, cellRef, onOpen, onKey }: HouseCellProps) {
  const { t, language } = useTexts();
  const { appearance } = useAppearance();
  const { token } = theme.useToken();
  const look = useStatusLook()[state.status];
  const alarm = state.worst && severityColours[appearance][state.worst];
  const status = t(`places.status.${state.status}`);
  const spoken = [
    house.name,
    status,
    ...(letting ? [t(`places.letting.${letting.state}`)] : []),
    ...(state.offline > 0 ? [t('places.grid.offline', { count: state.offline })] : []),
    ...(state.worst ? [t('places.grid.alarms', { count: state.alarms.length }), t(`places.grade.${state.worst}`)] : []),
  ].join('，');
  const title = (
    <div>
      <b>{house.name}</b> {house.code}
      <div>
        {status} · {t('places.grid.things', { count: state.things.length })}
      </div>
      {state.offline > 0 ? <div>{t('places.grid.offline', { count: state.offline })}</div> : null}
      {state.alarms.slice(0, 3).map((each) => (
        <div key={each.id}>
          {t(`places.grade.${each.severity}`)} {language === 'en' ? each.title.en : each.title.zh}
        </div>
      ))}
    </div>
  );
  return (
    <Tooltip title={title} mouseEnterDelay={0.2}>
      <td style={{ padding: 0 }}>
        <button
          ref={cellRef}
          type="button"
          tabIndex={reachable ? 0 : -1}
          aria-label={spoken}
          onClick={onOpen}
          onKeyDown={onKey}
          style={{
            position: 'relative',
            width: 92,
            height: 52,
            padding: '4px 8px',
            textAlign: 'start',
            font: 'inherit',
            color: token.colorText,
            cursor: 'pointer',
            borderRadius: token.borderRadius,
            border: alarm ? `2px solid ${alarm}` : `1px ${look.dashed ? 'dashed' : 'solid'} ${token.colorBorder}`,
            ...(letting ? { borderInlineStart: `5px solid ${lettingColours[letting.state]}` } : {}),
            background: alarm
              ? `repeating-linear-gradient(135deg, ${alarm}26 0 5px, transparent 5px 10px), ${look.tint}`
              : look.tint,
          }}
        >
          <span style={{ display: 'flex', justifyContent: 'space-between', gap: 4, lineHeight: '20px' }}>
            <b style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
              {shortName(house.name)}
            </b>
            <span aria-hidden="true">{t(`places.letter.${state.status}`)}</span>
          </span>
          <span style={{ display: 'flex', alignItems: 'center', gap: 6, height: 18, fontSize: 12 }}>
            {letting ? <span aria-hidden="true">{t(`places.letting.${letting.state}`)}</span> : null}
            {state.worst ? <SeverityMark severity={state.worst} word={false} /> : null}
            {state.offline > 0 ? (
              <>
                <span
                  aria-hidden="true"
                  style={{ width: 8, height: 8, borderRadius: 4, background: token.colorTextSecondary }}
                />
                {state.offline}
              </>
            ) : null}
          </span>
        </button>
      </td>
    </Tooltip>
  );
}

import { useT, useTexts } from '@keystead/ui/i18n';
import { Link } from 'react-router';
import type { Figure, Measure } from '../queries.ts';
import { shownLarge } from '../shown.ts';

interface ScreenFigureProps {
  measure: Measure;
  figure: Figure | undefined;
  /** Address of the rows it counts. */
  to: string;
}

/** One figure to be read from the other end of the room; a click leads to the rows it counts. */
export function ScreenFigure({ measure, figure, to }: ScreenFigureProps) {
  const t = useT();
  const own = useTexts().language === 'en' ? 'en' : 'zh';
  const told = figure?.value ?? null;
  const [text, size] = shownLarge(measure.unit, told, own);
  const unit = measure.unit === 'ratio' || told === null ? '' : t(`supervision.units.${measure.unit}`);
  return (
    <Link to={to} className="ks-screen-figure" data-measure={measure.id} title={measure.formula[own]}>
      <span className="ks-screen-label">{measure.name[own]}</span>
      <span className="ks-screen-value">
        {text}
        {unit || size ? (
          <span className="ks-screen-unit">{`${size ? t(`supervision.sizes.${size}`) : ''}${unit}`}</span>
        ) : null}
      </span>
    </Link>
  );
}

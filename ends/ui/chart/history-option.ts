import { dateTime, quantity } from '@keystead/ui/format';
import type { EChartsOption } from 'echarts/types/dist/shared';
import type { CurvePoint } from './curve.ts';

export interface HistoryLook {
  name: string;
  unit: string;
  bandName: string;
  from: number;
  to: number;
  /** Colour of the curve, of the surface below it, of secondary text and of lines. */
  colours: { curve: string; surface: string; text: string; line: string };
}

/** Words of the time axis on the site's clock: days by their date, else hours and minutes, seconds in short spans. */
function tick(at: number, span: number): string {
  const text = dateTime(at);
  const clock = text.slice(11, 16);
  if (span < 600_000) return text.slice(11);
  return clock === '00:00' ? text.slice(5, 10) : clock;
}

const textOf = (at: number, points: readonly CurvePoint[], look: HistoryLook): string => {
  const point = points.find((each) => each.at === at);
  if (!point || point.avg === null) return dateTime(at);
  const spread =
    point.min === point.max
      ? ''
      : `<br/>${look.bandName} ${quantity(point.min, '', 3)} – ${quantity(point.max, look.unit, 3)}`;
  return `${dateTime(at)}<br/><b>${quantity(point.avg, look.unit, 3)}</b>${spread}`;
};

/** The picture of a history: mean as a line, least to most as a band, suspect points hollow, gaps open. */
export function historyOption(points: readonly CurvePoint[], look: HistoryLook): EChartsOption {
  const { curve, surface, text, line } = look.colours;
  const lone = (index: number) => points[index - 1]?.avg == null && points[index + 1]?.avg == null;
  const band = { type: 'line', symbol: 'none', stack: 'band', lineStyle: { opacity: 0 }, silent: true } as const;
  const axis = { axisLine: { lineStyle: { color: line } }, axisLabel: { color: text } };
  return {
    grid: { left: 64, right: 20, top: 28, bottom: 32 },
    brush: { xAxisIndex: 0, toolbox: [], brushStyle: { borderWidth: 1, color: `${curve}22`, borderColor: curve } },
    tooltip: {
      trigger: 'axis',
      formatter: (shown: unknown) => {
        const [first] = shown as { value: [number, number] }[];
        return first ? textOf(first.value[0], points, look) : '';
      },
    },
    // Without this the brush would add buttons of its own.
    toolbox: { show: false },
    xAxis: {
      type: 'time',
      min: look.from,
      max: look.to,
      ...axis,
      axisLabel: { color: text, hideOverlap: true, formatter: (at: number) => tick(at, look.to - look.from) },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      name: quantity(0, look.unit).replace(/^0 ?/, ''),
      nameTextStyle: { color: text, align: 'right' },
      ...axis,
      splitLine: { lineStyle: { color: line } },
    },
    series: [
      { ...band, name: 'least', data: points.map((point) => [point.at, point.min]) },
      {
        ...band,
        name: look.bandName,
        areaStyle: { color: curve, opacity: 0.16 },
        data: points.map(({ at, min, max }) => [at, min === null || max === null ? null : max - min]),
      },
      {
        name: look.name,
        type: 'line',
        connectNulls: false,
        lineStyle: { width: 1.6, color: curve },
        symbol: 'circle',
        showAllSymbol: true,
        data: points.map((point, index) => ({
          value: [point.at, point.avg],
          symbolSize: point.suspect ? 7 : lone(index) ? 4 : 0,
          itemStyle: {
            color: point.suspect ? surface : curve,
            borderColor: curve,
            borderWidth: point.suspect ? 1.6 : 0,
          },
        })),
      },
    ],
  } as EChartsOption;
}

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import './rows.css';

export interface RowColumn<Row> {
  key: string;
  title: ReactNode;
  /** In px; the one without a width takes what is left. */
  width?: number;
  align?: 'end';
  /** Left out on narrower windows. */
  from?: 'tablet' | 'desktop';
  render(row: Row): ReactNode;
}

export interface RowTableProps<Row extends object> {
  /** What the table holds, for those who hear it. */
  label: string;
  /** Columns, `keyOf` and `onOpen` must stay the same between renders: rows that did not change are not drawn again. */
  columns: readonly RowColumn<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  onOpen(row: Row): void;
  selected?: string;
  onSelect?(key: string): void;
  /** Rows that belong to the row above them stand a little to the right. */
  nested?(row: Row): boolean;
  /** Called when the last rows come into view. */
  onEnd?(): void;
  rowHeight?: number;
}

/** What stands above the rows while the page is scrolled. */
const topBar = 64;

interface CellsProps<Row> {
  row: Row;
  columns: readonly RowColumn<Row>[];
}

const classOf = ({ align, from }: { align?: 'end'; from?: string }) =>
  [align ? 'ks-end' : '', from ? `ks-from-${from}` : ''].filter(Boolean).join(' ') || undefined;

const Cells = memo(function Cells<Row>({ row, columns }: CellsProps<Row>) {
  return columns.map((column) => (
    <td key={column.key} className={classOf(column)}>
      {column.render(row)}
    </td>
  ));
}) as <Row>(props: CellsProps<Row>) => ReactNode;

/** How far the rows begin below the top of the document; read when the window changes, not while rows are drawn. */
function useOffset(body: RefObject<HTMLTableSectionElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const read = () => setOffset((body.current?.getBoundingClientRect().top ?? 0) + scrollY);
    read();
    addEventListener('resize', read);
    return () => removeEventListener('resize', read);
  }, [body]);
  return offset;
}

interface View {
  /** Keys of all rows; asked only when the rows changed. */
  keys(): readonly string[];
  /** How far the page is scrolled, as it was told last: asking the window would have the page laid out at once. */
  scrolled(): number;
}

/** Rows that come in above are not felt by someone who reads further down. */
function useSteadyView(view: View, rowHeight: number, offset: number, rows: unknown): void {
  const first = useRef<string>(undefined);
  const latest = useRef(view);
  latest.current = view;
  useLayoutEffect(() => {
    const known = rows === undefined ? [] : latest.current.keys();
    const added = first.current === undefined ? 0 : known.indexOf(first.current);
    first.current = known[0];
    if (added > 0 && latest.current.scrolled() > offset) scrollBy({ top: added * rowHeight, behavior: 'instant' });
  }, [rows, rowHeight, offset]);
}

/**
 * A table for rows that come while one looks: only what is in view is drawn, and of that only what changed, so that a new
 * row costs the same among ten and among ten thousand. Scrolls with the page; rows are of one height.
 */
export function RowTable<Row extends object>(props: RowTableProps<Row>) {
  const { columns, rows, keyOf, onOpen, selected, onSelect, nested, onEnd, rowHeight = 57 } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const offset = useOffset(body);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: offset,
    scrollPaddingStart: topBar,
    useFlushSync: false,
  });
  useSteadyView(
    { keys: () => rows.map(keyOf), scrolled: () => virtualizer.scrollOffset ?? 0 },
    rowHeight,
    offset,
    rows,
  );
  const shown = virtualizer.getVirtualItems();
  const above = (shown[0]?.start ?? offset) - offset;
  const below = rows.length * rowHeight - (shown.at(-1)?.end ?? offset) + offset;

  const atEnd = rows.length > 0 && (shown.at(-1)?.index ?? 0) >= rows.length - 8;
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (atEnd && rows.length > 0) end.current?.();
  }, [atEnd, rows.length]);

  const index = useRef(new Map<string, number>());
  index.current = new Map(selected === undefined ? [] : rows.map((row, at) => [keyOf(row), at]));
  useEffect(() => {
    const at = selected === undefined ? undefined : index.current.get(selected);
    if (at === undefined) return;
    virtualizer.scrollToIndex(at, { align: 'auto' });
    // Who stands on a row goes along, so that Enter opens the row that is marked.
    if (!body.current?.contains(document.activeElement)) return;
    const frame = requestAnimationFrame(() => {
      const row = [...(body.current?.rows ?? [])].find((each) => each.dataset.key === selected);
      row?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [selected, virtualizer]);

  const filler = (height: number) =>
    height > 0 ? (
      <tr className="ks-filler">
        <td colSpan={columns.length} style={{ height }} />
      </tr>
    ) : null;

  return (
    <table className="ks-rows" aria-label={props.label} aria-rowcount={rows.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={classOf(column)} style={{ width: column.width }}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {filler(above)}
        {shown.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const key = keyOf(row);
          return (
            <tr
              key={key}
              data-key={key}
              tabIndex={0}
              aria-rowindex={item.index + 2}
              aria-current={key === selected}
              className={nested?.(row) ? 'ks-nested' : undefined}
              style={{ height: rowHeight }}
              onClick={() => onOpen(row)}
              onFocus={(event) => event.target === event.currentTarget && onSelect?.(key)}
              onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && onOpen(row)}
            >
              <Cells row={row} columns={columns} />
            </tr>
          );
        })}
        {filler(below)}
      </tbody>
    </table>
  );
}

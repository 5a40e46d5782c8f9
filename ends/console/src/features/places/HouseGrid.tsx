import { useT } from '@keystead/ui/i18n';
import { Alert, Empty, Flex, Skeleton, Typography } from 'antd';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { houseState, useAlarmsUnder, useLettings, useThingsUnder } from './building-state.ts';
import { GridLegend } from './GridLegend.tsx';
import { blocksOf, cellsOf } from './grid-layout.ts';
import { HouseCell } from './HouseCell.tsx';
import { HouseDrawer } from './HouseDrawer.tsx';
import { type Place, useGrid } from './queries.ts';

const steps: Record<string, [down: number, right: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** 房态图: storeys from the top down, houses side by side; arrows move, Enter opens. */
export function HouseGrid({ building }: { building: Place }) {
  const t = useT();
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const grid = useGrid(building.id);
  const things = useThingsUnder(may('thing:read') ? building.path : undefined);
  const alarms = useAlarmsUnder(building.path, may('alarm:read'));
  const lettings = useLettings(may('house:read') ? building.id : undefined);
  const cells = useRef(new Map<string, HTMLButtonElement>());
  const [focused, setFocused] = useState<string>();
  const states = useMemo(() => {
    const houses = grid.data?.floors.flatMap((floor) => floor.houses) ?? [];
    return new Map(houses.map((house) => [house.id, houseState(house, things.data ?? [], alarms.data ?? [])]));
  }, [grid.data, things.data, alarms.data]);

  if (grid.error) return <Alert type="error" showIcon title={said(grid.error)} />;
  if (!grid.data) return <Skeleton active />;
  const { floors } = grid.data;
  const inHouses = floors.filter((floor) => floor.houses.length > 0);
  const blocks = blocksOf(grid.data.units, inHouses);
  const rows = inHouses.map((floor) => ({ label: floor.label, cells: cellsOf(floor, blocks) }));
  const columnKeys = blocks.flatMap(({ id, columns }) => Array.from({ length: columns }, (_, at) => `${id} ${at}`));
  if (grid.data.houses === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('places.grid.empty')} />;

  const open = (id: string | undefined) =>
    setSearch(
      (before) => {
        before.set('tab', 'grid');
        if (id) before.set('house', id);
        else before.delete('house');
        return before;
      },
      { replace: true },
    );
  const onKey = (event: KeyboardEvent, floor: number, index: number) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    // Holes are stepped over.
    let [down, right] = [floor + step[0], index + step[1]];
    while (rows[down] && right >= 0 && right < columnKeys.length && !rows[down]?.cells[right]) {
      down += step[0];
      right += step[1];
    }
    const next = rows[down]?.cells[right];
    if (!next) return;
    setFocused(next.id);
    cells.current.get(next.id)?.focus();
  };
  const first = focused ?? inHouses[0]?.houses[0]?.id;
  const chosen = search.get('house') ?? undefined;
  const house = inHouses.flatMap((floor) => floor.houses).find((each) => each.id === chosen);
  const state = house && states.get(house.id);

  return (
    <Flex vertical gap={12}>
      <GridLegend states={[...states.values()]} lettings={[...(lettings.data?.values() ?? [])]} />
      <div style={{ overflowX: 'auto', paddingBottom: 8 }}>
        <table
          aria-label={t('places.grid.label', { name: grid.data.building.name })}
          style={{ borderCollapse: 'separate', borderSpacing: 4 }}
        >
          {blocks.length > 1 ? (
            <thead>
              <tr>
                <td />
                {blocks.map((block) => (
                  <th key={block.id} scope="colgroup" colSpan={block.columns} style={{ fontWeight: 400 }}>
                    <Typography.Text type="secondary">{block.name}</Typography.Text>
                  </th>
                ))}
              </tr>
            </thead>
          ) : null}
          <tbody>
            {rows.map((row, at) => (
              <tr key={row.label}>
                <th scope="row" style={{ minWidth: 48, textAlign: 'end', paddingInlineEnd: 8, fontWeight: 400 }}>
                  <Typography.Text type="secondary">
                    {/^-?\d+$/.test(row.label) ? t('places.grid.floor', { label: row.label }) : row.label}
                  </Typography.Text>
                </th>
                {row.cells.map((each, index) => {
                  const its = each && states.get(each.id);
                  return its ? (
                    <HouseCell
                      key={each.id}
                      house={each}
                      state={its}
                      letting={lettings.data?.get(each.id)}
                      reachable={each.id === first}
                      cellRef={(element) => {
                        if (element) cells.current.set(each.id, element);
                        else cells.current.delete(each.id);
                      }}
                      onOpen={() => open(each.id)}
                      onKey={(event) => onKey(event, at, index)}
                    />
                  ) : (
                    <td key={`gap-${columnKeys[index]}`} />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <HouseDrawer house={house} state={state} onClose={() => open(undefined)} />
    </Flex>
  );
}

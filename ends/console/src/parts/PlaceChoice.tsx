import { useT } from '@keystead/ui/i18n';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import { branchOf, type NamedPlace, usePlaceByPath, usePlaceHits, usePlaces } from './places.ts';

interface Shared {
  id?: string;
  placeholder?: string;
  style?: React.CSSProperties;
}

type PlaceChoiceProps = Shared &
  (
    | { by?: 'id'; multiple: true; value?: string[]; onChange?(ids: string[]): void }
    | { by?: 'id' | 'path'; multiple?: false; value?: string | undefined; onChange?(value: string | undefined): void }
  );

const labelOf = ({ name, code }: NamedPlace) => `${name} · ${code}`;

/** Choosing places from the tree, branch by branch, or by typing a part of a name or code. */
export function PlaceChoice(props: PlaceChoiceProps) {
  const t = useT();
  const client = useQueryClient();
  const { by = 'id', placeholder, style, id } = props;
  const [opened, setOpened] = useState<string[]>([]);
  const [text, setText] = useState('');
  const roots = useMemo(() => [undefined, ...opened], [opened]);
  const branches = useQueries({ queries: roots.map(branchOf) });
  const hits = usePlaceHits(text);
  const chosen = props.multiple ? (props.value ?? []) : props.value ? [props.value] : [];
  const chosenById = usePlaces(by === 'id' ? chosen : []);
  const chosenByPath = usePlaceByPath(by === 'path' ? chosen[0] : undefined);

  const keyOf = (place: NamedPlace) => (by === 'path' ? place.path : place.id);
  const leaf = (place: NamedPlace) => ({ key: place.id, value: keyOf(place), title: labelOf(place), isLeaf: true });
  type Node = ReturnType<typeof leaf> & { children?: Node[] };
  const nodesOf = (root: string | undefined): Node[] =>
    (branches[roots.indexOf(root)]?.data ?? []).map((place) => ({
      ...leaf(place),
      isLeaf: place.childCount === 0,
      ...(opened.includes(place.id) ? { children: nodesOf(place.id) } : {}),
    }));
  const tree = text === '' ? nodesOf(undefined) : (hits.data?.items ?? []).map(leaf);
  const names = new Map(
    [...chosenById.map((each) => each.data), chosenByPath.data].flatMap((place) =>
      place ? [[keyOf(place), labelOf(place)] as const] : [],
    ),
  );
  const shown = chosen.map((value) => ({ value, label: names.get(value) ?? value }));

  return (
    <TreeSelect
      {...(id ? { id } : {})}
      allowClear
      multiple={props.multiple ?? false}
      labelInValue
      showSearch={{ filterTreeNode: false, onSearch: setText }}
      treeData={tree}
      loadData={async ({ key }) => {
        await client.fetchQuery(branchOf(String(key)));
        setOpened((before) => [...new Set([...before, String(key)])]);
      }}
      placeholder={placeholder ?? t('parts.place')}
      aria-label={placeholder ?? t('parts.place')}
      style={{ minWidth: 200, ...style }}
      styles={{ popup: { root: { maxHeight: 400, overflow: 'auto', minWidth: 320 } } }}
      notFoundContent={t('parts.noPlace')}
      value={props.multiple ? shown : shown[0]}
      onChange={(value: { value: string } | { value: string }[] | undefined) => {
        const values = value === undefined || value === null ? [] : [value].flat().map((each) => each.value);
        if (props.multiple) props.onChange?.(values);
        else props.onChange?.(values[0]);
        setText('');
      }}
    />
  );
}

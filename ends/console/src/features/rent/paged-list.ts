import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { said } from '../../shell/sdk.ts';

/** What a list page shows of a list that comes page by page: its rows so far, whether more wait, and what went wrong. */
export const pagedList = <Row>(list: UseInfiniteQueryResult<InfiniteData<Row[]>>) => ({
  rows: list.data?.pages.flat(),
  loading: list.isPending || list.isFetchingNextPage,
  error: list.error ? said(list.error) : undefined,
  onReload: () => void list.refetch(),
  more: list.hasNextPage,
  onMore: () => void list.fetchNextPage(),
});

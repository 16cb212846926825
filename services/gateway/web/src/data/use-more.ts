import { useEffect, useState } from 'react';

/** A query of pages, as far as it goes on. */
export interface PagedList {
  readonly data?: { readonly pages: readonly unknown[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly fetchNextPage: (options: { cancelRefetch: boolean }) => Promise<{ readonly isFetchNextPageError: boolean }>;
}

interface More {
  /** Asks for the page after the last one that is shown. */
  readonly show: () => void;
  /** Whether that page is still to come. */
  readonly isAwaited: boolean;
}

/**
 * The pages of a list that people ask for. One is fetched when nothing else of the list is on its way: what catches up
 * with an event would end the fetch of a page, and that would end the catching up.
 */
export function useMore(list: PagedList): More {
  const [wanted, setWanted] = useState(0);
  const { isFetching, hasNextPage, fetchNextPage } = list;
  const shown = list.data?.pages.length ?? 0;
  const isAwaited = shown < wanted && hasNextPage;
  useEffect(() => {
    if (!isAwaited || isFetching) return;
    void fetchNextPage({ cancelRefetch: false }).then((result) => {
      if (result.isFetchNextPageError) setWanted(0);
    });
  }, [isAwaited, isFetching, fetchNextPage]);
  return { show: () => setWanted(shown + 1), isAwaited };
}

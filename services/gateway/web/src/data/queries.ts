import { infiniteQueryOptions, queryOptions, QueryClient } from '@tanstack/react-query';
import { api, bodyOf, codeOf, type BackupRequest, type BackupStatus } from '../api/client.js';
import { boot } from './boot.js';

const PAGE_SIZE = 25;
const MANY = 200;
const RETRY_MS = 5_000;
const FINAL = new Set(['UNAUTHENTICATED', 'NOT_FOUND', 'PERMISSION_MISSING', 'SCOPE_MISSING']);

/** How every list of the API goes on; the first page has no cursor. */
const byCursor = {
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }: { readonly nextCursor: string | null }) => nextCursor,
};

const pageAt = (cursor: string, limit: number) => ({ limit, ...(cursor && { cursor }) });

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && !FINAL.has(codeOf(error)),
      // Offline, a call fails at once instead of waiting for a connection.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => bodyOf(api.GET('/api/v1/me')),
  refetchInterval: ({ state }) => (state.status === 'error' ? RETRY_MS : false),
  ...(boot.me && { initialData: boot.me }),
});

export const backupsKey = ['backups'];

export function backupsQuery(status: BackupStatus | null) {
  return infiniteQueryOptions({
    queryKey: [...backupsKey, status],
    queryFn: ({ pageParam }) => {
      const query = { ...pageAt(pageParam, PAGE_SIZE), ...(status && { status }) };
      return bodyOf(api.GET('/api/v1/backups', { params: { query } }));
    },
    ...byCursor,
    ...(boot.backups && status === null && { initialData: { pages: [boot.backups], pageParams: [''] } }),
  });
}

export const backupKey = (backupId: string) => ['backup', backupId];

export function backupQuery(backupId: string) {
  return queryOptions({
    queryKey: backupKey(backupId),
    queryFn: () => bodyOf(api.GET('/api/v1/backups/{backupId}', { params: { path: { backupId } } })),
  });
}

export function downloadsQuery(backupId: string) {
  return infiniteQueryOptions({
    queryKey: ['downloads', backupId],
    queryFn: ({ pageParam }) => {
      const params = { path: { backupId }, query: pageAt(pageParam, PAGE_SIZE) };
      return bodyOf(api.GET('/api/v1/backups/{backupId}/downloads', { params }));
    },
    ...byCursor,
    staleTime: 0,
  });
}

export const sessionsQuery = infiniteQueryOptions({
  queryKey: ['sessions'],
  queryFn: ({ pageParam }) => bodyOf(api.GET('/api/v1/sessions', { params: { query: pageAt(pageParam, PAGE_SIZE) } })),
  ...byCursor,
  staleTime: 0,
});

export function orgUnitsOfQuery(backupId: string) {
  return infiniteQueryOptions({
    queryKey: ['org-units-of', backupId],
    queryFn: ({ pageParam }) => {
      const params = { path: { backupId }, query: pageAt(pageParam, MANY) };
      return bodyOf(api.GET('/api/v1/backups/{backupId}/org-units', { params }));
    },
    ...byCursor,
    // The set was frozen at the request.
    staleTime: Infinity,
  });
}

export const orgUnitsQuery = queryOptions({
  queryKey: ['org-units'],
  queryFn: () => bodyOf(api.GET('/api/v1/org-units')),
});

export function estimateQuery(body: BackupRequest) {
  return queryOptions({
    queryKey: ['estimate', body],
    queryFn: () => bodyOf(api.POST('/api/v1/backups/estimate', { body })),
  });
}

const paths = {
  pending: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  in_progress: 'M20.5 9A9 9 0 1 1 15 3.5',
  completed: 'm8 12.5 2.7 2.7L16 9.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  expired: 'M5 8h14v11a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1zM4 4h16v4H4zM10 12h4',
  cancelled: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.5 12h7',
  failed: 'M12 8v5m0 3v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  trash: 'M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 11v5m3-5v5',
  download: 'M12 4v11m-4.5-4 4.5 4.5 4.5-4.5M5 20h14',
  history: 'M12 8v4.5l3 1.8M4 12a8 8 0 1 1 2.6 5.9M4 12l-1.8-2M4 12l2.2-1.6',
  plus: 'M12 5v14M5 12h14',
  minus: 'M6 12h12',
  close: 'M6 6l12 12M18 6 6 18',
  chevron: 'm9 6 6 6-6 6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5m0 2.6v.1',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  help: 'M9.6 9.4a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2 1-1.2 1.9m0 2.8v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  offline: 'M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5.5 12a9 9 0 0 1 3.5-2.2m4.5-.3A9 9 0 0 1 18.5 12M12 19v.1',
  box: 'M4 8h16v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM3 4h18v4H3zM12 11v5.5m-2.5-2.3 2.5 2.5 2.5-2.5',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l4.5 4.5',
} as const;

export type IconName = keyof typeof paths;

/** Decoration: a word beside it, or a label, says the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

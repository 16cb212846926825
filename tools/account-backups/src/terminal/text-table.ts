import { visible } from './visible.js';

/** Columns as wide as their widest cell, below a head; without rows, the head alone. */
export function textTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.toUpperCase()), ...rows.map((cells) => cells.map(cellText))];
  const widths = columns.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Several lines become one. */
function cellText(cell: string): string {
  return visible(cell.replace(/[\t\r\n]+/g, ' '));
}

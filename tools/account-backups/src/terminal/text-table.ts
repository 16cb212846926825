import { visible } from '@account-backups/local-stack/system/visible.js';

/** Lines of columns as wide as their widest cell, below a head; without rows, the head alone. */
export function textTable(columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const lines = [columns.map((column) => column.toUpperCase()), ...rows.map((cells) => cells.map(cellText))];
  const widths = columns.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
  return lines.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Several lines become one. What is escaped later would move the columns after it. */
function cellText(cell: string): string {
  return visible(cell.replace(/[\t\r\n]+/g, ' '));
}

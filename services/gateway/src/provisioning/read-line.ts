import { documentIntake, faultsOf, type RegisteredDocument } from '@account-backups/contracts';
import type { Intake } from '../api/replies.js';
import { MAX_LINE_BYTES, type Line } from './lines.js';

/** A line of a body that holds a document, or why it does not. */
type ReadLine = 'blank' | Intake['rejected'][number] | { readonly document: RegisteredDocument };

export function readLine(line: Line): ReadLine {
  const rejection = (message: string) => ({ line: line.number, code: 'VALIDATION_FAILED', message });
  if (!line.bytes) return rejection(`expected at most ${MAX_LINE_BYTES} bytes on the line`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line.bytes).trim();
    if (text === '') return 'blank';
    const checked = documentIntake.safeParse(JSON.parse(text));
    if (checked.success) return { document: checked.data };
    const faults = faultsOf(checked.error).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    return rejection(faults.slice(0, 5).join('; '));
  } catch {
    return rejection('expected one JSON object in UTF-8 on the line');
  }
}

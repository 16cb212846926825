import { callerCodes, errorCodes, type CallerCode, type ErrorCode } from '@account-backups/contracts';
import { z } from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(callerCodes) as [CallerCode, ...CallerCode[]]),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
  })
  .meta({ id: 'Problem', description: 'RFC 9457, with a stable code' });

const content = { 'application/problem+json': { schema: problem } };

/** The problem documents of some codes, by status. */
export function refusals(codes: readonly ErrorCode[]): ZodOpenApiResponsesObject {
  const lines = new Map<number, string[]>();
  for (const code of codes) {
    const { status, title } = errorCodes[code];
    lines.set(status, [...(lines.get(status) ?? []), `\`${code}\`: ${title}`]);
  }
  return Object.fromEntries([...lines].map(([status, all]) => [status, { description: all.join('; '), content }]));
}

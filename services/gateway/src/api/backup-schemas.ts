import {
  AppError,
  backupRequest,
  backupStatuses,
  MAX_PASSWORD_BYTES,
  MIN_PASSWORD_BYTES,
  normalizedPassword,
  ownId,
  passwordExpectations,
  passwordFaultOf,
} from '@account-backups/contracts';
import { z } from 'zod';

/** Body of `POST /backups` and `POST /backups/estimate`. */
export const requestBody = backupRequest.extend({
  password: z
    .string()
    .overwrite(normalizedPassword)
    .superRefine((password, context) => {
      const fault = passwordFaultOf(password);
      if (fault) context.addIssue({ code: 'custom', message: passwordExpectations[fault] });
    })
    .meta({
      description:
        `${MIN_PASSWORD_BYTES} to ${MAX_PASSWORD_BYTES} bytes in UTF-8 and NFC, which it is brought into. No space at ` +
        'an end, no other white space, no invisible characters, and none that a guesser tries first.',
      minLength: 4,
      maxLength: MAX_PASSWORD_BYTES,
    })
    .nullish(),
});
export type RequestBody = z.output<typeof requestBody>;

const backupParams = z.strictObject({ backupId: ownId });
const downloadParams = z.strictObject({ backupId: ownId, downloadId: ownId });

const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().min(1).max(500).optional();

export const pageQuery = z.strictObject({ limit, cursor });
export const backupsQuery = pageQuery.extend({ status: z.enum(backupStatuses).optional() });

export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'expected 1 to 200 printable ASCII characters')
  .optional();

/** The backup that an address names. What is no id of ours is answered like an absent one. */
export function idOf(params: unknown): z.output<typeof backupParams> {
  const found = backupParams.safeParse(params);
  if (!found.success) throw new AppError('NOT_FOUND', 'there is no such backup');
  return found.data;
}

/** The download that an address names, as `idOf`. */
export function downloadOf(params: unknown): z.output<typeof downloadParams> {
  const found = downloadParams.safeParse(params);
  if (!found.success) throw new AppError('NOT_FOUND', 'there is no such download');
  return found.data;
}

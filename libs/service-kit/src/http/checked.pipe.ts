import { parse } from '@account-backups/contracts';
import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';

/** Checks one part of a request (`@Body(new Checked(schema))`); `VALIDATION_FAILED` names each fault. */
export class Checked<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(
    private readonly schema: S,
    private readonly what = 'the request',
  ) {}

  transform(value: unknown): z.output<S> {
    return parse(this.schema, value, this.what);
  }
}

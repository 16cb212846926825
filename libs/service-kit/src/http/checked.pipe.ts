import { parse } from '@account-backups/contracts';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';

/** Checks one part of a request (`@Body(new Checked(schema))`); `VALIDATION_FAILED` names each fault. */
export class Checked<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(
    private readonly schema: S,
    private readonly what = 'the request',
  ) {}

  transform(value: unknown, { type, data }: ArgumentMetadata): z.output<S> {
    if (type !== 'param' || data === undefined) return parse(this.schema, value, this.what);
    // A value from the address has no name of its own: its fault is named after its place.
    const address = parse(z.object({ [data]: this.schema }), { [data]: value }, 'the address');
    return address[data] as z.output<S>;
  }
}

import { AppError } from '@account-backups/contracts';
import { Checked } from '@account-backups/service-kit';
import { Controller, Get, Headers, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { expiringQuery, type ExpiringQuery } from './bodies.js';
import { expiringCsv } from './expiring-csv.js';
import { ExpiringService, type ExpiringPage } from './expiring.service.js';
import { preferredType } from './preferred-type.js';
import { SalesGuard } from './sales.guard.js';

@Controller('v1/subscriptions/expiring')
@UseGuards(SalesGuard)
export class ExpiringController {
  constructor(private readonly expiring: ExpiringService) {}

  /** JSON in pages, or all of it as CSV. */
  @Get()
  async list(
    @Query(new Checked(expiringQuery, 'the query')) query: ExpiringQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExpiringPage | string> {
    void reply.header('vary', 'accept');
    if (preferredType(accept) === 'json') return this.expiring.page(query);
    refusePage(query);
    void reply.header('content-type', 'text/csv; charset=utf-8; header=present');
    void reply.header('content-disposition', 'attachment; filename="expiring-subscriptions.csv"');
    return expiringCsv(await this.expiring.list(query.withinDays));
  }
}

function refusePage({ limit, cursor }: ExpiringQuery): void {
  const path = limit !== undefined ? 'limit' : 'cursor';
  if (limit === undefined && cursor === undefined) return;
  const message = 'expected none with CSV, which is all of the list';
  throw new AppError('VALIDATION_FAILED', `the query: ${path}: ${message}`, { errors: [{ path, message }] });
}

import { AppError, type ErrorCode } from '@account-backups/contracts';
import type { FastifyRequest } from 'fastify';
import { calledBy, noteCaller, refusalOf } from './called-by.js';
import type { Caller, Person } from './caller.js';

const by = { kind: 'session', sessionId: 's' } as const;
const ada: Person = { kind: 'person', accountId: 'northfield', userId: 'ada', scopes: new Set(), by };
const host: Caller = { kind: 'program', name: 'host', scopes: new Set() };

function request(fields: { params?: object; headers?: object } = {}): FastifyRequest {
  const { params = {}, headers = {} } = fields;
  const asked = { method: 'GET', routeOptions: { url: '/api/v1/backups/:backupId' }, ip: '203.0.113.7' };
  return { ...asked, params, headers: { 'user-agent': 'curl/8', ...headers } } as unknown as FastifyRequest;
}

const error = (code: ErrorCode) => new AppError(code, 'no');

describe('calledBy', () => {
  it('says who and from where', () => {
    const asked = request();
    noteCaller(asked, host);
    const actor = { kind: 'program', id: 'host', name: null };
    expect(calledBy(asked)).toEqual({ actor, ipAddress: '203.0.113.7', userAgent: 'curl/8' });
  });

  it('is nobody until somebody is known', () => {
    expect(calledBy(request()).actor).toEqual({ kind: 'nobody', id: null, name: null });
  });
});

describe('refusalOf', () => {
  it('is told to the account of who was refused, with what was asked for', () => {
    const asked = request({ params: { backupId: 'b1' } });
    noteCaller(asked, ada);
    expect(refusalOf(asked, error('PERMISSION_MISSING'))).toMatchObject({
      chainId: 'northfield',
      action: 'access.refused',
      by: { actor: { kind: 'person', id: 'ada' } },
      subject: 'backup/b1',
      details: { code: 'PERMISSION_MISSING', route: 'GET /api/v1/backups/:backupId' },
    });
  });

  it('takes a backup that is out of sight for refused, for who asks', () => {
    const asked = request({ params: { backupId: 'b1' } });
    expect(refusalOf(asked, error('NOT_FOUND'))).toBeNull();
    noteCaller(asked, ada);
    expect(refusalOf(asked, error('NOT_FOUND'))).not.toBeNull();
  });

  it('tells the system of a token that is not taken, and of no visitor without one', () => {
    const forged = request({ headers: { authorization: 'Bearer x' } });
    expect(refusalOf(forged, error('UNAUTHENTICATED'))).toMatchObject({
      chainId: '~system',
      by: { actor: { id: null } },
    });
    expect(refusalOf(request(), error('UNAUTHENTICATED'))).toBeNull();
  });

  it.each(['VALIDATION_FAILED', 'BACKUP_ALREADY_PENDING', 'UNAVAILABLE'] as const)('is none for %s', (code) => {
    const asked = request({ params: { backupId: 'b1' } });
    noteCaller(asked, ada);
    expect(refusalOf(asked, error(code))).toBeNull();
  });
});

import 'reflect-metadata';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod, type Type } from '@nestjs/common';
import { AppModule } from './app.module.js';
import type { GatewayConfig } from './config.js';
import { openApi } from './docs/openapi.js';

const NOT_API = new Set([
  'get /',
  'get /assets/{name}',
  'get /backups/{backupId}',
  'get /backups/{backupId}/history',
  'get /docs',
  'get /embed.js',
  'get /help',
  'get /request',
  'get /sign-in',
  'get /signed-in',
  'get /auth/callback',
  'post /sign-out',
  'post /auth/back-channel-logout',
  'get /api/v1/openapi.json',
]);

function registered(): string[] {
  const config = { OIDC_ISSUER: 'http://i', OIDC_AUDIENCE: 'a', RATE_LIMIT_PER_MINUTE: 1 } as GatewayConfig;
  return (AppModule.with(config).controllers ?? []).flatMap((controller: Type) => {
    const base = String(Reflect.getMetadata(PATH_METADATA, controller));
    return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
      const handler: object = controller.prototype[name];
      const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
      if (typeof method !== 'number') return [];
      const paths = [Reflect.getMetadata(PATH_METADATA, handler)].flat();
      return paths.map((each) => {
        const path = `/${base}/${String(each)}`.replace(/\/+/g, '/');
        const shown = (path.replace(/\/$/, '') || '/').replace(/:(\w+)/g, '{$1}');
        return `${String(RequestMethod[method]).toLowerCase()} ${shown}`;
      });
    });
  });
}

describe('the OpenAPI document', () => {
  const document = openApi('http://localhost:8080') as { paths: Record<string, object> };
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );

  it('describes every route of the API, and no other', () => {
    expect(described.toSorted()).toEqual(
      registered()
        .filter((route) => !NOT_API.has(route))
        .toSorted(),
    );
  });
});

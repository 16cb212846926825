import { Controller, Get, Header, Inject } from '@nestjs/common';
import { CONFIG, type GatewayConfig } from '../config.js';
import { ForAnyone } from '../identity/caller.guard.js';
import { docsPage, DOCS_POLICY } from './docs-page.js';
import { openApi } from './openapi.js';

@Controller()
@ForAnyone()
export class DocsController {
  private readonly document: object;

  constructor(@Inject(CONFIG) config: Pick<GatewayConfig, 'PUBLIC_URL'>) {
    this.document = openApi(config.PUBLIC_URL);
  }

  @Get('api/v1/openapi.json')
  describe(): object {
    return this.document;
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', DOCS_POLICY)
  read(): string {
    return docsPage();
  }
}

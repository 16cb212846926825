import { Controller, Get } from '@nestjs/common';
import { openApi } from './open-api.js';

@Controller('v1/openapi.json')
export class OpenApiController {
  @Get()
  describe(): object {
    return openApi;
  }
}

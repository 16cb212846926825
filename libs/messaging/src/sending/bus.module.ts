import { Module, type DynamicModule } from '@nestjs/common';
import { Bus } from './bus.js';

/** Gives a service its `Bus`; it is closed last. */
@Module({})
export class BusModule {
  static forService({ url, service }: { readonly url: string; readonly service: string }): DynamicModule {
    const bus = { provide: Bus, useFactory: () => new Bus({ url, name: service }) };
    return { module: BusModule, global: true, providers: [bus], exports: [Bus] };
  }
}

import { isPortFree } from './system/ports.js';
import type { SystemProgram } from './services.js';
import { settingRefused } from './system/stack-error.js';
import type { StackSettings } from './stack-settings.js';

const variables = {
  gatewayPort: 'GATEWAY_PORT',
  subscriptionsPort: 'SUBSCRIPTIONS_PORT',
  issuerPort: 'ISSUER_PORT',
} as const;

/** Throws `CONFIGURATION_INVALID` with a sentence when a port for callers is taken. */
export async function requireFreeDoors(programs: readonly SystemProgram[], settings: StackSettings): Promise<void> {
  for (const { name, door } of programs) {
    if (!door || (await isPortFree(settings[door]))) continue;
    const remedy = `end what uses it, or set ${variables[door]} to a free port`;
    throw settingRefused(`Port ${settings[door]} for ${name} is taken: ${remedy}.`);
  }
}

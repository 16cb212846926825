import { Logger, type FactoryProvider } from '@nestjs/common';
import { z } from 'zod';
import { keyKinds, LiveKeyRing, parseKeyRing, type KeyRing } from './keys/index.js';
import { Readiness } from './operations/readiness.js';
import { productionFaults } from './production.js';

/** The setting of a key ring. Beside it stands `<NAME>_FILE: keyRingFile`, from which it may come and be read again. */
export function keyRing(kind: keyof typeof keyKinds) {
  return z.string().transform((text, context): KeyRing => {
    try {
      return parseKeyRing(text, keyKinds[kind]);
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) });
      return z.NEVER;
    }
  });
}

/** The file of a key ring. */
export const keyRingFile = z.string().optional();

interface RingSettings {
  readonly name: string;
  /** As in its settings. */
  readonly kind: keyof typeof keyKinds;
  readonly ring: KeyRing;
  readonly file: string | undefined;
  readonly NODE_ENV: string | undefined;
}

/**
 * A service's key ring, which follows its file where the setting came from one. What it holds, and what is wrong with
 * its file, is told by `/health/ready` and with each pulse; a broken file keeps the ring as it was.
 */
export function keyRingProvider(
  token: symbol,
  { name, kind, ring, file, NODE_ENV }: RingSettings,
): FactoryProvider<LiveKeyRing> {
  return {
    provide: token,
    inject: [Readiness],
    useFactory: (readiness: Readiness) => {
      const logger = new Logger('KeyRing');
      const live = new LiveKeyRing({
        ring,
        file,
        parse: (text) => readAgain(text, name, { kind, isProduction: NODE_ENV === 'production' }),
        onChange: (keyIds) => logger.log({ event: 'keys.changed', setting: name, keyIds }),
        onFault: (reason) => logger.error({ event: 'keys.not-read', setting: name, reason }),
      });
      readiness.tell(name, () => live.report());
      return live;
    },
  };
}

interface Rules {
  readonly kind: keyof typeof keyKinds;
  readonly isProduction: boolean;
}

function readAgain(text: string, name: string, { kind, isProduction }: Rules): KeyRing {
  const ring = parseKeyRing(text, keyKinds[kind]);
  const [fault] = isProduction ? productionFaults({ [name]: text }) : [];
  if (fault) throw new Error(fault.message);
  return ring;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { AppError, type ServiceName } from '@account-backups/contracts';
import type { Bus } from '@account-backups/messaging';
import { ringPlaces, type RingName, type RingPlace } from '@account-backups/service-kit/keys';
import { z } from 'zod';

/** How long a process has to say what it holds; those that are busy are asked again. */
const ROUND_MS = 500;
/** What has not answered in so many rounds is gone. */
const GONE_AFTER = 4;

const statement = z.object({ process: z.string(), told: z.record(z.string(), z.unknown()) });
const report = z.object({ keyIds: z.array(z.string()), fault: z.string().nullable() });

interface Holder {
  readonly process: string;
  /** Undefined where the process knows no such ring, or is of an earlier release. */
  readonly report: z.output<typeof report> | undefined;
}

/** What is to be true of the ids of a ring, the active one first. */
type Wish = (keyIds: readonly string[]) => boolean;

/** Asks all running processes that have a ring what they hold. */
export class Agreement {
  constructor(
    private readonly bus: Pick<Bus, 'survey'>,
    private readonly waitMs: number,
  ) {}

  /** The ids that a running process of the ring's first service holds; undefined where none says. */
  async anyIds(ring: RingName): Promise<readonly string[] | undefined> {
    const holders = await this.round(ringPlaces[ring][0]);
    return holders.find((holder) => holder.report)?.report?.keyIds;
  }

  /** Resolves once every process says so. Throws `KEYS_NOT_AGREED` that names those that do not, after a while. */
  async until(ring: RingName, wish: Wish, waitMs = this.waitMs): Promise<void> {
    const deadline = performance.now() + waitMs;
    await Promise.all(ringPlaces[ring].map((place) => this.untilAt(place, wish, deadline)));
  }

  private async untilAt(place: RingPlace, wish: Wish, deadline: number): Promise<void> {
    const seen = new Map<string, number>();
    for (let round = 0; ; round += 1) {
      const holders = await this.round(place);
      holders.forEach((holder) => seen.set(holder.process, round));
      const answered = new Set(holders.map((holder) => holder.process));
      const silent = [...seen].flatMap(([name, last]) =>
        answered.has(name) || round - last >= GONE_AFTER ? [] : name,
      );
      const others = holders.filter((holder) => !wish(holder.report?.keyIds ?? []));
      if (holders.length > 0 && others.length === 0 && silent.length === 0) return;
      if (performance.now() > deadline) throw notAgreed(place, others, silent);
    }
  }

  private async round({ service, setting }: RingPlace): Promise<readonly Holder[]> {
    const statements = await this.bus.survey(service, ROUND_MS);
    return statements.map((said) => holderOf(said, service, setting));
  }
}

function holderOf(said: unknown, service: ServiceName, setting: string): Holder {
  const read = statement.safeParse(said);
  if (!read.success) return { process: `a process of ${service} of an earlier release`, report: undefined };
  return { process: read.data.process, report: report.safeParse(read.data.told[setting]).data };
}

function notAgreed({ service, setting }: RingPlace, others: readonly Holder[], silent: readonly string[]): AppError {
  const told = [...others.map(described), ...silent.map((name) => `${name} does not answer`)];
  const who = told.length === 0 ? 'none answers' : told.join('; ');
  return new AppError('KEYS_NOT_AGREED', `not every process of ${service} says so of ${setting}: ${who}`);
}

function described({ process, report: held }: Holder): string {
  if (!held) return `${process} has no such ring`;
  const fault = held.fault === null ? '' : `, and cannot read its file: ${held.fault}`;
  return `${process} holds ${held.keyIds.join(', ')}${fault}`;
}

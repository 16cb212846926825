import { AppError } from '@account-backups/contracts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `45s`, `30m`, `1h`, `7d` → seconds. Throws `VALIDATION_FAILED`. */
export function durationSeconds(text: string): number {
  const [, amount, unit = ''] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS[unit] ?? Number.NaN);
  if (Number.isFinite(seconds)) return seconds;
  throw new AppError('VALIDATION_FAILED', `duration ${text}: expected a number and a unit, such as 45s, 30m, 1h or 7d`);
}

import { z } from 'zod';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `45s`, `30m`, `1h`, `7d` → seconds. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,5}[smhd]$/, 'expected a number and a unit, such as 45s, 30m, 1h or 7d')
  .transform((value) => Number(value.slice(0, -1)) * (SECONDS[value.slice(-1)] ?? Number.NaN));

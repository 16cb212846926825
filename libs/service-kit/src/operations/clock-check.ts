/** More than a slow answer explains. */
const MAX_DIFFERENCE_MS = 5_000;

/**
 * Throws while this machine's clock differs from the database's, which `askTime` asks. Decisions take the database's
 * time; what a wrong clock still spoils are logs, tokens and certificates.
 */
export async function refuseWrongClock(askTime: () => Promise<Date>): Promise<void> {
  const asked = Date.now();
  const now = await askTime();
  const ahead = asked - now.getTime();
  // The answer may be slow: the database's time is from between the question and now.
  if (ahead <= MAX_DIFFERENCE_MS && Date.now() - now.getTime() >= -MAX_DIFFERENCE_MS) return;
  const seconds = Math.round(Math.abs(ahead) / 1_000);
  throw new Error(`this machine's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the database's`);
}

/**
 * A condition on two rows with the `turn` of their state and a `revision`, which may be null: the state of `given`
 * takes the place of that of `known`. The host's own order counts first, then the order in which its calls began.
 */
export function comesLater(known: string, given: string): string {
  return `CASE WHEN ${given}.revision <> ${known}.revision THEN ${given}.revision > ${known}.revision
    ELSE ${given}.turn >= ${known}.turn END`;
}

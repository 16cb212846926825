import { numbersFor, type Random } from '../../../support/seeded.js';
import type { Answer } from '../call.js';
import { directoryOf } from '../world.js';
import { host, jsonBody, type Caller, type StormClient } from './caller.js';

/** Takes the rights of an account's editor, and gives them back a little later. */
export class RightsClient implements StormClient {
  readonly pauseMs = [1_000, 9_000] as const;
  readonly random: Random;
  private granted = true;

  constructor(
    private readonly caller: Caller,
    private readonly accountId: string,
    seed: number,
  ) {
    this.random = numbersFor(seed, `rights of ${accountId}`);
  }

  async act(): Promise<void> {
    await this.put(!this.granted);
  }

  async put(granted: boolean): Promise<Answer> {
    const answer = await this.caller.call('PUT directory', host(this.random), {
      method: 'PUT',
      path: `/api/v1/provisioning/accounts/${this.accountId}/directory`,
      body: jsonBody(directoryOf(this.accountId, granted)),
    });
    const { sentAt, doneAt, effect } = answer;
    this.caller.journal.rightsOf(this.accountId).push({ sentAt, doneAt, effect, granted });
    if (effect === 'done') this.granted = granted;
    return answer;
  }
}

import { ApiClient, type Answer } from '../support/api-client.js';
import type { Heard } from './sights.js';

/** The client of one person; what they are told is kept. */
export class ListeningClient extends ApiClient {
  constructor(
    client: ApiClient,
    private readonly userId: string,
    private readonly heard: Heard[],
  ) {
    super(client.baseUrl, client.token);
  }

  override async send<T>(...call: Parameters<ApiClient['send']>): Promise<Answer<T>> {
    const answer = await super.send<T>(...call);
    const text = `${JSON.stringify([...answer.headers])} ${JSON.stringify(answer.body)}`;
    this.heard.push({ userId: this.userId, text });
    return answer;
  }
}

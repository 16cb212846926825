// How the local issuer starts, waits for what is away, and ends.
import { once } from 'node:events';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { startIssuer, startProgram } from './harness.js';
import { startNeighbours } from './neighbours.js';
import { begin, startLanding } from './visitor.js';

const TRY_AGAIN = 'Try again in a moment.';

describe('the local issuer', () => {
  it('says "try again" while nobody can be asked, and counts no failure for it', async () => {
    const [neighbours, landing] = await Promise.all([startNeighbours(), startLanding()]);
    const issuer = await startIssuer({ rabbitmqUrl: neighbours.url, publicUrl: landing.url });
    await neighbours.stopPermissions();
    const { submit } = await begin(issuer, landing);
    const try8 = () =>
      Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(async () => (await submit('ada@northfield', 'x')).text()));
    const shown = [...(await try8()), ...(await try8())];
    expect(shown.filter((page) => page.includes(TRY_AGAIN))).toHaveLength(16);
    await issuer.stop();
    await Promise.all([landing.close(), neighbours.close()]);
  });

  it('starts before its broker, is not ready without it, and says so to people', async () => {
    const landing = await startLanding();
    const rabbitmqUrl = `amqp://nobody:nothing@127.0.0.1:${await freePort()}`;
    const issuer = await startIssuer({ rabbitmqUrl, publicUrl: landing.url });
    expect((await fetch(`${issuer.healthUrl}/health/live`)).status).toBe(200);
    expect((await fetch(`${issuer.healthUrl}/health/ready`)).status).toBe(503);
    const { submit } = await begin(issuer, landing);
    expect(await (await submit('ada@northfield', issuer.password)).text()).toContain(TRY_AGAIN);
    await issuer.stop();
    await landing.close();
  });

  it('ends at SIGTERM, and when whoever started it is gone', async () => {
    const neighbours = await startNeighbours();
    const surroundings = { rabbitmqUrl: neighbours.url, publicUrl: 'http://localhost:1' };
    const [told, left] = await Promise.all([startIssuer(surroundings), startIssuer(surroundings)]);
    await eventually(async () => expect((await fetch(`${told.healthUrl}/health/ready`)).status).toBe(200));
    expect(await told.stop()).toBe(0);
    const ended = once(left.child, 'exit');
    left.child.disconnect();
    expect((await ended)[0]).toBe(0);
    await left.stop();
    await neighbours.close();
  });

  it('names every setting that is missing or wrong, and ends with 1', async () => {
    const start = startProgram('tools/local-issuer/dist/main.js', {
      PORT: 'eighty',
      OIDC_ISSUER: 'http://localhost:1',
    });
    await expect(start).rejects.toThrow(/ended with 1.*PORT.*OIDC_CLIENT_ID.*RABBITMQ_URL/s);
  });
});

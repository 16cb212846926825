import { Bus } from '@account-backups/messaging';
import { Logger } from '@nestjs/common';
import { readConfig, type IssuerConfig } from './config.js';
import { EventLines } from './event-lines.js';
import { startIssuer } from './issuer.js';

try {
  const config = readConfig(process.env);
  await run(config, new EventLines(config.logLevel));
} catch (error) {
  new EventLines('info').write('fatal', 'service.start-failed', { error });
  process.exit(1);
}

async function run(config: IssuerConfig, log: EventLines): Promise<void> {
  Logger.overrideLogger(log.asLogger());
  const bus = new Bus({ url: config.rabbitmqUrl, name: 'local-issuer' });
  const issuer = await startIssuer(config, bus, log);
  // Without a broker it runs and is not ready; the bus keeps trying to connect.
  bus.connect().catch(() => undefined);
  log.write('info', 'service.started', { port: config.port });
  const end = async () => {
    issuer.close();
    await bus.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(signal, () => void end());
}

// Starts both parts below the folder argv[2], says where they are, and stays until it is killed.
import { join } from 'node:path';
import { freePorts } from '../../../../tools/local-stack/dist/system/ports.js';
import { startPostgres } from '../../../../tools/local-stack/dist/parts/postgres.js';
import { startRabbitmq } from '../../../../tools/local-stack/dist/parts/rabbitmq.js';

const folder = process.argv[2];
const [postgresPort, rabbitmqPort] = await freePorts(2);
const place = (name) => ({ dataDir: join(folder, name), logFile: join(folder, `${name}.log`) });
const [postgres, rabbitmq] = await Promise.all([
  startPostgres({ ...place('postgres'), port: postgresPort }),
  startRabbitmq({ ...place('rabbitmq'), port: rabbitmqPort }),
]);
console.log(JSON.stringify({ pids: [postgres.pid, rabbitmq.pid], ports: [postgresPort, rabbitmqPort] }));

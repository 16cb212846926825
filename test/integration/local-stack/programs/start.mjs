// Runs what npm start runs, with stand-ins for the services: argv[2] is the folder that holds them.
import { start } from '../../../../tools/local-stack/dist/start.js';

const program = { main: 'obedient.mjs' };
const programs = [
  { ...program, name: 'gateway', door: 'gatewayPort', secrets: ['OIDC_CLIENT_SECRET'] },
  { ...program, name: 'documents', secrets: ['DATABASE_URL'] },
];

await start({ root: process.argv[2], programs }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});

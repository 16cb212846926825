// Stands in for a service: ready at once, says what it was given, ends on SIGTERM.
import { createServer } from 'node:http';

const answers = {
  '/health/ready': () => '{"ready":true}',
  '/environment': () => JSON.stringify(process.env),
  '/die': () => process.exit(3),
};

createServer((request, response) => {
  const answer = answers[request.url];
  response.writeHead(answer ? 200 : 404).end(answer?.());
}).listen(Number(process.env.HEALTH_PORT), '127.0.0.1');

process.on('SIGTERM', () => {
  console.log(JSON.stringify({ level: 'info', event: 'drained' }));
  process.exit(0);
});
console.log(JSON.stringify({ level: 'info', event: 'started' }));

// A proxy before the real store that passes bytes on late and looks at none of them: what it does itself must cost
// little, since it shares the machine with what is measured.
import { once } from 'node:events';
import net from 'node:net';

/** Listens on a free port; what a client sends arrives `latencyMs` later, so that each call takes so much longer. */
export async function openLateStore(storeUrl) {
  const target = new URL(storeUrl);
  const sockets = new Set();
  const late = { latencyMs: 0, url: '', close };
  const server = net.createServer({ noDelay: true }, (client) => {
    const store = net.connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    store.pipe(client);
    // Timers of one length fire in the order in which they were set.
    client.on('data', (bytes) => setTimeout(() => store.write(bytes), late.latencyMs));
    client.on('end', () => setTimeout(() => store.end(), late.latencyMs));
    for (const [one, other] of [
      [client, store],
      [store, client],
    ]) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => sockets.delete(one));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(storeUrl);
  url.hostname = '127.0.0.1';
  url.port = String(server.address().port);
  late.url = url.href;
  return late;

  function close() {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
}

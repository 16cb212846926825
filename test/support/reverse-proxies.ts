// Real proxies in front of something, with the defaults that they come with.
import { startServerProgram } from './server-program.js';

export interface ReverseProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** It buffers answers, unless they ask it not to. */
export async function startNginx(targetUrl: string): Promise<ReverseProxy> {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const server = await startServerProgram({
    name: 'nginx',
    arguments: (file) => ['-e', 'stderr', '-c', file],
    configuration: (port, folder) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  ${folders.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass ${targetUrl}; }
  }
}
`,
  });
  return { url: `http://127.0.0.1:${server.port}`, stop: server.stop };
}

/** It passes answers on, and keeps its connections to the target. */
export async function startHaproxy(targetUrl: string): Promise<ReverseProxy> {
  const server = await startServerProgram({
    name: 'haproxy',
    arguments: (file) => ['-db', '-f', file],
    configuration: (port) => `
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend near
  bind 127.0.0.1:${port}
  default_backend far
backend far
  server target 127.0.0.1:${new URL(targetUrl).port}
`,
  });
  return { url: `http://127.0.0.1:${server.port}`, stop: server.stop };
}

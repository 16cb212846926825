import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Files under /assets have a hash in their name, so they may be cached for ever. The CSP forbids inlining.
export default defineConfig({
  root: import.meta.dirname,
  // Only the gateway knows the path that the page is served under, so files find each other relatively.
  base: './',
  plugins: [react()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        embed: join(import.meta.dirname, 'src/embed/account-backups.ts'),
      },
      // Host systems name this one, so its name stays.
      output: { entryFileNames: ({ name }) => (name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js') },
    },
  },
});

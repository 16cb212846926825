import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Everything lies under /assets with a hash in its name, so it may be kept for ever; nothing is inlined for the CSP.
export default defineConfig({
  root: import.meta.dirname,
  // The gateway knows below which path the page lies; everything else is found beside the file that asks for it.
  base: './',
  plugins: [react()],
  server: { proxy: { '/api': 'http://localhost:8080' } },
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

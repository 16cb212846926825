import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Everything lies under /assets with a hash in its name, so it may be kept for ever; nothing is inlined for the CSP.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { '/api': 'http://localhost:8080' } },
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, manifest: 'manifest.json' },
});

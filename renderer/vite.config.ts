import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Builds the window to plain files that any shell serves; nothing is loaded from elsewhere. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [svelte()],
  build: {
    outDir: path.join(import.meta.dirname, '..', 'dist', 'renderer'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Files of this computer: neither their size nor the time of a build is news to who starts the program.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // A page has only the schemas that it uses: making one changes nothing else.
      treeshake: {
        manualPureFunctions: ['z'],
        moduleSideEffects: [{ test: /main[\\/]contract[\\/]/, sideEffects: false }],
      },
    },
  },
});

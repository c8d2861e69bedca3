import path from 'node:path';
import { defineConfig } from 'vite';
import { projectFolder } from './dependencies.js';

/** Bundles the desktop's preload into one CommonJS file: a sandbox loads nothing else. */
export default defineConfig({
  root: projectFolder,
  publicDir: false,
  build: {
    outDir: path.join(projectFolder, 'dist'),
    emptyOutDir: false,
    target: 'es2023',
    minify: false,
    lib: {
      entry: path.join(projectFolder, 'main', 'shells', 'desktop', 'preload.ts'),
      formats: ['cjs'],
      fileName: () => 'preload.cjs',
    },
    rollupOptions: { external: ['electron'] },
  },
});

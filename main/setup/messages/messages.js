// `npm run messages [-- --check]`: brings translations in line with the English of the sources; run.ts says how.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { projectFolder } from '../dependencies.js';

try {
  // The sources are TypeScript, which Node.js 20 does not read.
  await runnerImport(fileURLToPath(new URL('run.ts', import.meta.url)), {
    root: projectFolder,
    configFile: false,
    logLevel: 'error',
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

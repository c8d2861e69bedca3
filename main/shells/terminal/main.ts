import type { Host } from '../../host/host.ts';
import { programVersion } from '../../host/installation.ts';
import { endQuietlyOnClosedPipe } from './exit-codes.ts';
import { runProgram } from './program.ts';

/** The `hyena` command. */
endQuietlyOnClosedPipe();
/** Its modules are loaded for commands that open the library alone. */
const openHost = async (): Promise<Host> => {
  const { Host } = await import('../../host/host.ts');
  const { libraryJobs } = await import('../../host/compute.ts');
  const { libraryFolder } = await import('../../host/library-place.ts');
  const library = libraryFolder();
  return await Host.open(library, libraryJobs(library));
};
process.exitCode = await runProgram(process.argv.slice(2), openHost, programVersion);

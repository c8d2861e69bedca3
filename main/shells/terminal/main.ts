import { libraryJobs } from '../../host/compute.ts';
import { Host } from '../../host/host.ts';
import { programVersion } from '../../host/installation.ts';
import { libraryFolder } from '../../host/library-place.ts';
import { endQuietlyOnClosedPipe } from './output.ts';
import { runProgram } from './program.ts';

/** The `hyena` command. */
endQuietlyOnClosedPipe();
const openHost = async () => {
  const library = libraryFolder();
  return await Host.open(library, libraryJobs(library));
};
process.exitCode = await runProgram(process.argv.slice(2), openHost, programVersion);

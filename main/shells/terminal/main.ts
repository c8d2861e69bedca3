import { Host } from '../../host/host.ts';
import { programVersion } from '../../host/installation.ts';
import { libraryFolder } from '../../host/library.ts';
import { startJob } from '../../workers/start-job.ts';
import { endQuietlyOnClosedPipe } from './output.ts';
import { runProgram } from './program.ts';

/** The `hyena` command. */
endQuietlyOnClosedPipe();
process.exitCode = await runProgram(process.argv.slice(2), () => Host.open(libraryFolder(), startJob), programVersion);

// A compute process whose event loop turns while it waits for its device: one that works, or one that hangs, as the job's
// run is called.
import { openWatchdog } from '../../../build/worker/process/watchdog.js';
import { deviceWork } from '../../../build/worker/process/long-step.js';

const workingSeconds = 8;
openWatchdog(process.env);
process.once('message', async ({ job }) => {
  let done = 0;
  const pieces = setInterval(() => done++, 100);
  const end = job.run === 'works' ? workingSeconds * 1000 : 2 ** 31 - 1;
  const answer = new Promise((resolve) => setTimeout(resolve, end, 'at last'));
  const result = await deviceWork(answer, () => (job.run === 'works' ? done : 7));
  clearInterval(pieces);
  process.send({ type: 'result', result }, () => process.exit(0));
});

// A host that trains a run and tells its events on stdout: host.mjs LIBRARY RUN.
import { startJob } from '../../../build/main/workers/start-job.js';

const [library, run] = process.argv.slice(2);
const job = startJob({ kind: 'train', library, run, resume: false }, (event) => console.log(JSON.stringify(event)));
console.log(JSON.stringify({ type: 'pid', pid: job.pid }));
await job.result;

// A stand-in for the compute process: does what the job's run is called after.
import { Socket } from 'node:net';
const line = new Socket({ fd: Number(process.env.HYENA_LIFELINE) });
const event = (text) => process.send({ type: 'event', event: { type: 'notice', message: text } });
const result = (value) => process.send({ type: 'result', result: value }, () => process.exit(0));
const behaviours = {
  answer: () => {
    event('one');
    event('two');
    result({ fine: true });
  },
  error: () =>
    process.send({ type: 'error', error: { code: 'numerical', message: 'no number', kept: 'all', hint: 'rest' } }, () =>
      process.exit(1),
    ),
  malformed: () => process.send({ type: 'event' }) && process.send({ kind: 'nonsense' }),
  exit: () => {
    console.error('first words\nlast words');
    process.exit(3);
  },
  kill: () => process.kill(process.pid, 'SIGKILL'),
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  memory: () => {
    console.error('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory');
    process.kill(process.pid, 'SIGABRT');
  },
  hang: () => {
    for (;;);
  },
  busy: () => {
    // Alive: a sign of life now and then, long beyond the patience.
    let beats = 0;
    const timer = setInterval(() => {
      line.write(`${++beats}\n`);
      if (beats === 25) {
        clearInterval(timer);
        result('at last');
      }
    }, 40);
  },
  stalled: () => {
    // The thread of the lifeline goes on, the main thread gives no sign of life.
    setInterval(() => line.write('7 0\n'), 40);
  },
  'long-step': () => {
    // Within one kernel: no sign of life either, but nothing is wrong.
    const timer = setInterval(() => line.write('7 1\n'), 40);
    setTimeout(() => {
      clearInterval(timer);
      result('at last');
    }, 1500);
  },
  stopped: () => {
    line.write('7 1\n');
    setTimeout(() => process.kill(process.pid, 'SIGSTOP'), 100);
  },
  environment: () => {
    const { HYENA_THREADS, HYENA_MEMORY_LIMIT_MIB } = process.env;
    result({ HYENA_THREADS, HYENA_MEMORY_LIMIT_MIB });
  },
  stoppable: () => {
    event('ready');
    process.on('message', (message) => message.type === 'stop' && result('stopped by message'));
  },
  deaf: () => {
    event('ready');
    line.on('data', () => result('stopped by lifeline'));
  },
  twice: () => {
    process.send({ type: 'result', result: 1 });
    event('late');
    process.send({ type: 'result', result: 2 }, () => process.exit(0));
  },
};
process.once('message', ({ job }) => behaviours[job.run]());

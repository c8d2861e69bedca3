import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { tickActiveClock } from './active-clock.ts';
import { type WatchdogData, heartbeatMilliseconds, watchdogSlots } from './watchdog.ts';

/**
 * Holds the line to the host while the main thread computes: what comes over it, or its end, asks for the end of the
 * job; once a second it tells how often the main thread has given a heartbeat, and whether it is within a long step.
 * Beside that it ticks the clock that excludes pauses.
 */
const { shared, clock, descriptor } = workerData as WatchdogData;
const cells = new Int32Array(shared);
const line = new Socket({ fd: descriptor, readable: true, writable: true });
const stop = () => Atomics.store(cells, watchdogSlots.stop, 1);
line.on('data', stop);
line.on('end', stop);
line.on('close', stop);
line.on('error', stop);
setInterval(() => {
  if (!line.destroyed)
    line.write(`${Atomics.load(cells, watchdogSlots.beats)} ${Atomics.load(cells, watchdogSlots.longSteps)}\n`);
}, heartbeatMilliseconds);
const { tick, period } = tickActiveClock(clock);
setInterval(tick, period);

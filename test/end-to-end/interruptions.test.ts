import { existsSync } from 'node:fs';
import { readFile, rename, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../main/contract/events.ts';
import { readMetrics } from '../../main/library/runs/metrics-file.ts';
import { readRun, runFolder } from '../../main/library/runs/run-folder.ts';
import { jsonLines, pages, smallest, TestLibrary } from './command.ts';
import { course } from './compute.ts';

/** What a system, a person or another program may do to a training while it is under way. */
let place: TestLibrary;
const endless = ['--set', 'max_steps=1000000', '--set', 'eval_interval=100000', '--set', 'sample_interval=100000'];
const train = (run: string, ...more: string[]) => [
  ...['train', '--data', 'pages', '--run', run, '--device', 'portable', '--seed', '7', ...smallest, ...more, '--json'],
];

beforeAll(async () => {
  place = await TestLibrary.make();
  await writeFile(path.join(place.folder, 'pages.txt'), pages);
  await place.json('data', 'add', 'pages.txt', '--name', 'pages');
}, 120_000);
afterAll(() => place.remove());

interface Lock {
  pid: number;
  parent: { pid: number };
}
const lockFile = (run: string): string => path.join(runFolder(place.library, run), 'lock');
const lockOf = async (run: string): Promise<Lock> => JSON.parse(await readFile(lockFile(run), 'utf8')) as Lock;
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const metricsOf = async (run: string): Promise<RunEvent[]> => (await readMetrics(runFolder(place.library, run))).events;
const stepsOf = (events: readonly RunEvent[]) => events.filter((event) => event.type === 'step');
/** Signals reach every process of a Unix; Windows knows no pauses. */
const pauses = process.platform !== 'win32';

describe('a host that is killed', () => {
  it.runIf(pauses)('leaves a run that can be resumed right away, with the losses of one never killed', async () => {
    const steps = ['--set', 'max_steps=300'];
    await place.json(...train('whole', ...steps).slice(0, -1));
    const running = place.begin(...train('killed', ...steps));
    await running.printed(/"type":"step","step":8,/);
    const { pid, parent } = await lockOf('killed');
    // The compute process stands still, so that it still holds the run when the next one comes.
    process.kill(pid, 'SIGSTOP');
    process.kill(parent.pid, 'SIGKILL');
    await running.outcome;
    const resumed = place.begin('resume', 'killed', '--device', 'portable', '--json');
    await sleep(4000);
    expect(isAlive(pid)).toBe(true);
    expect(resumed.stdout()).not.toContain('"type":"start"');
    process.kill(pid, 'SIGCONT');
    const { code, stdout, stderr } = await resumed.outcome;
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    const [start] = jsonLines(stdout).filter(({ type }) => type === 'start');
    expect(start).toMatchObject({ resumed: true });
    expect(start.step).toBeGreaterThanOrEqual(8);
    expect(course(await metricsOf('killed'))).toEqual(course(await metricsOf('whole')));
  });
});

describe.runIf(pauses)('a pause', () => {
  it('a pause of all processes takes nothing from the time of a run, nor counts as a sign of death', async () => {
    const seconds = 12;
    const running = place.begin(
      ...train('paused', '--set', `max_minutes=${seconds / 60}`, '--set', 'max_steps=none'),
      ...['--set', 'eval_interval=100000', '--set', 'sample_interval=none', '--set', 'checkpoint_interval=1000'],
    );
    await running.printed(/"type":"step","step":20,/);
    const { pid, parent } = await lockOf('paused');
    const began = performance.now();
    for (const one of [parent.pid, pid]) process.kill(one, 'SIGSTOP');
    await sleep(13_000);
    for (const one of [pid, parent.pid]) process.kill(one, 'SIGCONT');
    const paused = (performance.now() - began) / 1000;
    const { code, stderr } = await running.outcome;
    expect(stderr).not.toContain('stopped responding');
    expect(code).toBe(0);
    const total = (performance.now() - began) / 1000;
    const events = await metricsOf('paused');
    const done = events.findLast((event) => event.type === 'done');
    expect(done).toMatchObject({ reason: 'budget' });
    // It had all of its seconds beside the pause: what was spent before the pause is in them, too.
    expect(done?.seconds).toBeGreaterThanOrEqual(seconds - 0.5);
    expect(done?.seconds).toBeLessThan(seconds + 5);
    const before =
      stepsOf(events)
        .filter((event) => event.step <= 20)
        .at(-1)?.seconds ?? 0;
    expect(total - paused).toBeGreaterThan(seconds - before - 3);
    // No step counts the pause as its own time.
    expect(Math.max(...stepsOf(events).map(({ milliseconds }) => milliseconds ?? 0))).toBeLessThan(4000);
  });

  it('a pause of the host alone leaves the compute process at work, and nobody is declared dead', async () => {
    const running = place.begin(...train('absent', ...endless));
    await running.printed(/"type":"step","step":20,/);
    const { pid, parent } = await lockOf('absent');
    process.kill(parent.pid, 'SIGSTOP');
    await sleep(12_000);
    process.kill(parent.pid, 'SIGCONT');
    const reached = stepsOf(await metricsOf('absent')).at(-1)?.step ?? 0;
    expect(reached).toBeGreaterThan(20);
    // What happened meanwhile is heard, and what comes after it.
    await running.printed(new RegExp(`"type":"step","step":${reached + 20},`));
    expect((await lockOf('absent')).pid).toBe(pid);
    running.signal('SIGINT');
    const { code, stdout, stderr } = await running.outcome;
    expect(stderr).not.toContain('stopped responding');
    expect(code).toBe(130);
    const steps = jsonLines(stdout).flatMap(({ type, step }) => (type === 'step' ? [step] : []));
    expect(steps).toEqual(steps.map((_, index) => index + 1));
    expect((await readRun(place.library, 'absent')).status).toBe('stopped');
  });
});

describe('Ctrl-C pressed twice', () => {
  it.runIf(pauses)('ends the compute process immediately and says what was kept', async () => {
    const running = place.begin(...train('twice', ...endless));
    await running.printed(/"type":"checkpoint","step":10,/);
    const { pid, parent } = await lockOf('twice');
    // One that stands still cannot end in order.
    process.kill(pid, 'SIGSTOP');
    process.kill(parent.pid, 'SIGINT');
    await sleep(1500);
    expect(isAlive(pid)).toBe(true);
    const began = performance.now();
    process.kill(parent.pid, 'SIGINT');
    const { code, stderr } = await running.outcome;
    expect(performance.now() - began).toBeLessThan(3000);
    expect(code).toBe(130);
    expect(isAlive(pid)).toBe(false);
    expect(stderr).toMatch(/The checkpoint of step \d+ was kept\..*hyena resume twice/s);
    expect((await readRun(place.library, 'twice')).status).toBe('interrupted');
  });
});

describe('a lock', () => {
  it('a lock of a living process is not taken, however old it says that it is', async () => {
    const running = place.begin(...train('old', ...endless));
    await running.printed(/"type":"step","step":8,/);
    const lock = await lockOf('old');
    const old = new Date('2001-01-01T00:00:00Z');
    await writeFile(lockFile('old'), JSON.stringify({ ...lock, time: old.toISOString() }));
    await utimes(lockFile('old'), old, old);
    const { code, stderr } = await place.hyena('resume', 'old');
    expect(code).toBe(1);
    expect(stderr).toContain(`Process ${lock.pid}`);
    expect((await lockOf('old')).pid).toBe(lock.pid);
    expect(isAlive(lock.pid)).toBe(true);
    running.signal('SIGINT');
    expect((await running.outcome).code).toBe(130);
    expect(existsSync(lockFile('old'))).toBe(false);
  });
});

describe('a library', () => {
  it.runIf(pauses)('a library that is moved away while a run trains is missed at the next write, by name', async () => {
    const running = place.begin(...train('moved', ...endless));
    await running.printed(/"type":"step","step":8,/);
    const away = path.join(place.folder, 'away');
    await rename(place.library, away);
    const { code, stderr } = await running.outcome;
    expect(code).toBe(1);
    expect(stderr).toContain(place.library);
    // Nothing is made where the library was, and what had been kept lies where it was moved to.
    expect(existsSync(path.join(place.library, 'runs'))).toBe(false);
  });
});

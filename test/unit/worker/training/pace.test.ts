import { describe, expect, it } from 'vitest';
import { activeClock, activeClockBytes, tickActiveClock } from '../../../../worker/process/active-clock.ts';
import { TrainingPlan } from '../../../../main/contract/logic/training-plan.ts';
import { Throughput } from '../../../../worker/training/throughput.ts';
import { initialState } from '../../../../main/library/runs/training-state.ts';
import { temporaryFolder } from '../../temporary.ts';
import { toyRun, toyTraining } from './toy-run.ts';

/** A clock of the system, and the active clock over it, which ticks as its thread does: not while the process stands. */
function clocks() {
  let time = 1_000_000_000_000n;
  const shared = new SharedArrayBuffer(activeClockBytes);
  const now = () => time;
  const { tick, period } = tickActiveClock(shared, now);
  return {
    active: activeClock(shared, now),
    tick,
    /** Time passes while the process runs. */
    run: (seconds: number) => {
      for (let passed = 0; passed < seconds * 1000; passed += period) {
        time += BigInt(period) * 1_000_000n;
        tick();
      }
    },
    /** Time passes while the process stands. */
    pause: (seconds: number) => {
      time += BigInt(Math.round(seconds * 1000)) * 1_000_000n;
    },
  };
}

describe('a clock that excludes pauses', () => {
  it('runs on through long computations and stands while the process does', () => {
    const { active, run, pause } = clocks();
    const start = active();
    run(30);
    expect(active() - start).toBeCloseTo(30, 3);
    pause(7200);
    // The main thread may run first, or the one that ticks.
    expect(active() - start).toBeCloseTo(30.25, 3);
    run(10);
    expect(active() - start).toBeCloseTo(40, 0);
    pause(60);
    run(5);
    expect(active() - start).toBeCloseTo(45, 0);
  });

  it('never goes back', () => {
    const { active, run, pause, tick } = clocks();
    let last = active();
    for (let round = 0; round < 20; round++) {
      if (round % 3 === 0) pause(round * 10);
      if (round % 2 === 0) tick();
      expect(active()).toBeGreaterThanOrEqual(last);
      last = active();
      run(1);
    }
  });

  it('keeps a budget of time from being used up by a pause, and the time left from jumping', async () => {
    const clock = clocks();
    const left: number[] = [];
    const { result, events } = await toyRun(await temporaryFolder(), {
      training: { max_steps: null, max_minutes: 1, sample_interval: null },
      now: () => clock.active(),
      onEvent: (event) => {
        if (event.type !== 'step') return;
        left.push(event.secondsLeft ?? 0);
        clock.run(1);
        if (event.step === 20) clock.pause(3600);
      },
    });
    expect(result).toMatchObject({ reason: 'budget' });
    expect(result.step).toBeGreaterThan(55);
    expect(result.seconds).toBeLessThan(62);
    expect(Math.max(...events.map((event) => (event.type === 'step' ? event.milliseconds : 0)))).toBeLessThan(2000);
    left.slice(1).forEach((seconds, index) => expect(seconds).toBeLessThanOrEqual(left[index]));
  });
});

describe('the pace', () => {
  it('forgets outliers: a first step that compiles, a moment in which the machine did other work', () => {
    const pace = new Throughput(initialState().pace);
    pace.addStep(60, 1000);
    for (let step = 0; step < 4; step++) pace.addStep(1, 1000);
    expect(pace.tokensPerSecond).toBeCloseTo(1000);
    pace.addStep(120, 1000);
    expect(pace.tokensPerSecond).toBeCloseTo(1000);
    pace.addStep(1.5, 1000);
    expect(pace.tokensPerSecond).toBeGreaterThan(800);
  });

  it('follows a machine that is slower for good, within some steps', () => {
    const pace = new Throughput(initialState().pace);
    for (let step = 0; step < 30; step++) pace.addStep(1, 1000);
    for (let step = 0; step < 11; step++) pace.addStep(10, 1000);
    expect(pace.tokensPerSecond).toBeCloseTo(100);
  });

  it('the pace of another machine counts for the first steps alone', () => {
    const before = new Throughput(initialState().pace);
    for (let step = 0; step < 30; step++) before.addStep(1, 1000);
    const after = new Throughput(before.record);
    expect(after.tokensPerSecond).toBeCloseTo(1000);
    for (let step = 0; step < 4; step++) after.addStep(20, 1000);
    expect(after.tokensPerSecond).toBeCloseTo(50);
  });

  it('keeps the time left steady over one slow step', () => {
    const plan = new TrainingPlan(toyTraining({ max_steps: 1000 }), { l_max: 16 }, 1500);
    const pace = new Throughput(initialState().pace);
    for (let step = 0; step < 20; step++) pace.addStep(1, 64);
    const spent = { step: 20, tokens: 1280, seconds: 20 };
    const before = plan.secondsLeft(spent, pace.secondsPerToken) ?? 0;
    pace.addStep(300, 64);
    const after = plan.secondsLeft({ step: 21, tokens: 1344, seconds: 320 }, pace.secondsPerToken) ?? 0;
    expect(after).toBeLessThan(before * 1.1);
  });
});

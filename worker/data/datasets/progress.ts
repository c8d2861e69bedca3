import type { DatasetEvent, DatasetPhase } from '../../../main/contract/dataset-events.ts';

const INTERVAL_MILLISECONDS = 100;

/** Reports how far a long job is: at most ten times per second, and always the end of a phase. */
export class ProgressReporter {
  documents = 0;
  tokens = 0;
  private readonly emit: (event: DatasetEvent) => void;
  private phase: DatasetPhase = 'reading';
  private unit: 'bytes' | 'merges' | 'rows' = 'bytes';
  private total: number | null = null;
  private done = 0;
  private started = 0;
  private reportedAt = 0;

  constructor(emit: (event: DatasetEvent) => void) {
    this.emit = emit;
  }

  begin(phase: DatasetPhase, total: number | null, unit: 'bytes' | 'merges' | 'rows' = 'bytes'): void {
    this.phase = phase;
    this.unit = unit;
    this.total = total;
    this.done = 0;
    this.started = performance.now();
    this.report(this.started);
  }

  advance(by: number): void {
    this.reach(this.done + by);
  }

  reach(done: number): void {
    this.done = done;
    const now = performance.now();
    if (now - this.reportedAt >= INTERVAL_MILLISECONDS) this.report(now);
  }

  finish(): void {
    this.done = this.total ?? this.done;
    this.report(performance.now());
  }

  private report(now: number): void {
    const { phase, unit, total, done, documents, tokens } = this;
    this.reportedAt = now;
    const seconds = (now - this.started) / 1000;
    const secondsLeft = total !== null && done > 0 && seconds > 0.5 ? (seconds * (total - done)) / done : null;
    this.emit({ type: 'progress', phase, unit, total, done, documents, tokens, secondsLeft });
  }
}

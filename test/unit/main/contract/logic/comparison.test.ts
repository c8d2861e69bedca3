import { describe, expect, it } from 'vitest';
import { differences, medianSpeed, overlay } from '../../../../../main/contract/logic/comparison.ts';
import type { RunEvent } from '../../../../../main/contract/events.ts';
import { composeConfiguration } from '../../../../../main/host/configurations.ts';

const step = (number: number, loss: number, tokensPerStep = 10): RunEvent => ({
  type: 'step',
  step: number,
  loss,
  learningRate: 1e-3,
  gradientNorm: 1,
  tokensPerSecond: number,
  tokens: number * tokensPerStep,
  secondsLeft: 1,
  milliseconds: 5,
  memoryMiB: 100,
});
const evaluation = (number: number, loss: number): RunEvent => ({
  type: 'evaluation',
  step: number,
  loss,
  perplexity: Math.exp(loss),
  bitsPerByte: loss,
  tokens: 10,
  best: true,
});
const steps = (count: number, loss: (step: number) => number, tokens?: number): RunEvent[] =>
  Array.from({ length: count }, (_, index) => step(index + 1, loss(index + 1), tokens));

describe('differences of configurations', () => {
  it('are the keys with unequal values, and nothing else', () => {
    const one = composeConfiguration('tiny', [{ dataset: 'book' }]);
    const other = composeConfiguration('tiny', [{ dataset: 'book', model: { d_model: 64 }, training: { seed: 3 } }]);
    expect(differences([one, other, one])).toEqual([
      { key: 'model.d_model', values: [128, 64, 128] },
      { key: 'training.seed', values: [0, 3, 0] },
    ]);
    expect(differences([one, one])).toEqual([]);
  });
});

describe('runs laid over each other', () => {
  it('are averaged over equal stretches of steps', () => {
    const [first, second, ...rest] = overlay([steps(20, (n) => n), steps(12, () => 5)], 'step');
    expect(first).toEqual({ from: 0, to: 2, losses: [1.5, 5], validationLosses: [null, null] });
    expect(second.losses).toEqual([3.5, 5]);
    expect(rest.at(-1)).toMatchObject({ from: 18, to: 20, losses: [19.5, null] });
  });

  it('are laid over each other by tokens too, where one has larger steps', () => {
    const stretches = overlay([steps(10, () => 1, 10), steps(10, () => 2, 100)], 'tokens');
    expect(stretches.at(-1)).toMatchObject({ to: 1000, losses: [null, 2] });
    expect(stretches[0]).toMatchObject({ from: 0, to: 100, losses: [1, 2] });
  });

  it('show the last evaluation of each stretch', () => {
    const events = [...steps(4, () => 1), evaluation(4, 0.5), ...steps(10, () => 1).slice(4), evaluation(10, 0.25)];
    const stretches = overlay([events], 'step', 2);
    expect(stretches.map(({ to, validationLosses }) => [to, validationLosses[0]])).toEqual([
      [5, 0.5],
      [10, 0.25],
    ]);
  });

  it('are empty where nothing was trained', () => {
    expect(overlay([[], []], 'step')).toEqual([]);
    expect(medianSpeed([])).toBeNull();
    expect(medianSpeed(steps(5, () => 1))).toBe(3);
  });
});

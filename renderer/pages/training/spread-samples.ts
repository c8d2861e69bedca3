import type { Sample } from '../../state/run-metrics.svelte.ts';

/** Some of the samples, the first and the last among them, about evenly spread; a step written anew counts once. */
export function spreadSamples(samples: readonly Sample[], most: number): Sample[] {
  const latest = [...new Map(samples.map((sample) => [sample.step, sample])).values()];
  if (latest.length <= most) return latest;
  return Array.from({ length: most }, (_, index) => latest[Math.round((index * (latest.length - 1)) / (most - 1))]);
}

import type { Sample } from '../../state/run-metrics.svelte.ts';

/** The end of a long text, from the beginning of a word on where there is one near. */
export function endOf(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not within a character that takes two units.
  const end = text.slice(-most).replace(/^[\uDC00-\uDFFF]/, '');
  const within = /\S/.test(text.charAt(text.length - end.length - 1)) && /^\S/.test(end);
  const word = within ? /^\S{1,24}\s+(?=\S)/u.exec(end) : null;
  return `… ${end.slice(word?.[0].length ?? 0).trimStart()}`;
}

/** Some of the samples, the first and the last among them, about evenly spread; a step written anew counts once. */
export function spreadSamples(samples: readonly Sample[], most: number): Sample[] {
  const latest = [...new Map(samples.map((sample) => [sample.step, sample])).values()];
  if (latest.length <= most) return latest;
  return Array.from({ length: most }, (_, index) => latest[Math.round((index * (latest.length - 1)) / (most - 1))]);
}

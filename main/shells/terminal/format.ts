import { describePerplexity } from '../../contract/logic/perplexity.ts';

/** Numbers as a person reads them. All are plain ASCII apart from the multiplication sign, and never localised. */

/** `1,216,548` */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

const scaled = (value: number, base: number, units: readonly string[]): string => {
  let index = 0;
  let rest = value;
  // A value that would be rounded up to the base belongs to the next unit.
  while (Math.abs(rest) >= base - 0.05 && index < units.length - 1) {
    rest /= base;
    index++;
  }
  const digits = index === 0 ? 0 : Math.abs(rest) < 10 ? 2 : 1;
  return `${rest.toFixed(digits)} ${units[index]}`.trimEnd();
};

/** `16.1 M`, `402`, `1.20 G`: three significant digits with a decimal prefix. */
export function formatLarge(value: number, unit = ''): string {
  return scaled(
    value,
    1000,
    ['', 'k', 'M', 'G', 'T', 'P', 'E'].map((prefix) => `${prefix}${unit}`),
  );
}

/** `24.5 MiB` */
export function formatBytes(bytes: number): string {
  return scaled(bytes, 1024, ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']);
}

/** `1:02:03`, `2:05`, `0:07`; with days as `3 d 04:00:00`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** `12 ms`, `3.4 s`, then as {@link formatDuration}. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${(seconds * 1000).toFixed(seconds < 0.01 ? 2 : 0)} ms`;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : formatDuration(seconds);
}

/** `2.3456`; very small and very large values by their exponent. */
export function formatNumber(value: number, digits = 4): string {
  if (value !== 0 && (Math.abs(value) < 10 ** -digits || Math.abs(value) >= 1e7)) return value.toExponential(2);
  return value.toFixed(digits);
}

/** A perplexity; null where it is beyond what a number can hold. */
export const formatPerplexity = (value: number | null, digits = 2): string =>
  describePerplexity(value, (shown) => formatNumber(shown, digits));

/** `2026-11-22 02:46` in the machine's own time. */
export function formatTime(time: string | number | Date): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}`
  );
}

/** Breaks text at spaces so that no line is longer than `width`, unless a single word is. */
export function wrap(text: string, width: number, indent = ''): string {
  return text
    .split('\n')
    .map((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ')) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && indent.length + longer.length > width) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      lines.push(line);
      return lines.map((one) => `${indent}${one}`.trimEnd()).join('\n');
    })
    .join('\n');
}

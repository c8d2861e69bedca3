import type { Track } from '../../../main/contract/sequences.ts';

/** Colours of a track, as the theme has them. */
export interface TrackColours {
  readonly line: string;
  readonly faint: string;
  readonly text: string;
}

const margin = { left: 44, right: 8, top: 8, bottom: 20 };
/** Letters are drawn where each has at least this many pixels. */
const letterWidth = 9;

/** The place of a position in a picture of this width, pixels. */
const xOf = ({ start, end }: Track, position: number, width: number): number =>
  margin.left + ((position + 0.5 - start) / Math.max(1, end - start)) * (width - margin.left - margin.right);

/** The position at a place of the picture. */
export function positionAt({ start, end }: Track, x: number, width: number): number {
  const share = (x - margin.left) / Math.max(1, width - margin.left - margin.right);
  return Math.max(start, Math.min(end - 1, Math.floor(start + share * (end - start))));
}

/** Draws a track: the mean of each point, and where points are several positions the lowest below it. */
export function drawTrack(
  canvas: HTMLCanvasElement,
  track: Track,
  { position, colours, label }: { position: number; colours: TrackColours; label: (value: number) => string },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.scale(ratio, ratio);
  const lowest = Math.min(-1, ...track.lowest.filter((value) => value !== null));
  const y = (value: number) => margin.top + (value / lowest) * (height - margin.top - margin.bottom);
  context.font = '11px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.fillStyle = colours.text;
  context.strokeStyle = colours.faint;
  context.textAlign = 'right';
  for (const share of [0, 0.5, 1]) {
    const value = share === 0 ? 0 : share * lowest;
    context.fillText(label(value), margin.left - 6, y(value));
    context.beginPath();
    context.moveTo(margin.left, y(value));
    context.lineTo(width - margin.right, y(value));
    context.stroke();
  }
  const place = (point: number) => xOf(track, track.start + point * track.step + (track.step - 1) / 2, width);
  const path = (values: Track['mean']) => {
    context.beginPath();
    let open = false;
    values.forEach((value, point) => {
      if (value === null) open = false;
      else if (open) context.lineTo(place(point), y(value));
      else {
        context.moveTo(place(point), y(value));
        open = true;
      }
    });
    context.stroke();
  };
  if (track.step > 1) path(track.lowest);
  context.strokeStyle = colours.line;
  context.lineWidth = 1.5;
  path(track.mean);
  if (track.letters !== '' && (width - margin.left - margin.right) / (track.end - track.start) >= letterWidth) {
    context.textAlign = 'center';
    for (const [index, letter] of [...track.letters].entries())
      context.fillText(letter, xOf(track, track.start + index, width), height - margin.bottom / 2);
  }
  if (position < track.start || position >= track.end) return;
  context.lineWidth = 1;
  context.strokeStyle = colours.text;
  const x = xOf(track, position, width);
  context.beginPath();
  context.moveTo(x, margin.top);
  context.lineTo(x, height - margin.bottom);
  context.stroke();
}

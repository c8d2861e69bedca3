/** Okabe–Ito, ordered for contrast on light and on dark ground; a dash goes with each, so colour is never the only sign. */
const onLight = ['#0072B2', '#C25400', '#00805C', '#A8477E', '#B07A00', '#3C7FB0', '#5C5C5C'];
const onDark = ['#56B4E9', '#E69F00', '#2CC295', '#DC93BC', '#F0E442', '#F08A4B', '#BBBBBB'];
const dashes = [[], [7, 3], [2, 3], [10, 3, 2, 3], [4, 2], [12, 4], [1, 2]];

export interface SeriesStyle {
  colour: string;
  dash: number[];
}

/** The look of the series with this number; past the seventh the dash moves on by one, so none is like another. */
export function seriesStyle(index: number, dark: boolean): SeriesStyle {
  const colours = dark ? onDark : onLight;
  const round = Math.floor(index / colours.length);
  return { colour: colours[index % colours.length], dash: dashes[(index + round) % dashes.length] };
}

import { Chart, Filler, LineController, LineElement, PointElement, type ChartDataset, type Plugin } from 'chart.js';
import { drawingQueue } from './drawing-queue.ts';
import { placeLabels } from './labels.ts';
import type { Frame, PlotLine } from './frame.ts';
import { seriesStyle } from './palette.ts';
import { pictureOf, type Picture } from './picture.ts';
import { FixedTicksLinearScale, FixedTicksLogarithmicScale } from './scales.ts';
import { binaryTicks, linearTicks, logarithmicTicks, timeTicks } from './ticks.ts';
import type { Range, XAxis, YAxis } from './view.ts';

Chart.register(Filler, LineController, LineElement, PointElement, FixedTicksLinearScale, FixedTicksLogarithmicScale);

/** What the canvas needs to know besides the values. */
export interface Look {
  dark: boolean;
  text: string;
  quiet: string;
  line: string;
  surface: string;
  accent: string;
  face: string;
  /** `length`: of texts, which double from one to the next; `rate`: by powers of ten. */
  xAxis: XAxis | 'length' | 'rate';
  yAxis: YAxis;
  xText: (value: number) => string;
  yText: (value: number) => string;
  /** Values beside the vertical axis, which need fewer digits. */
  tickText: (value: number) => string;
  /** Whether lines are named at their ends; a chart of one line needs no name. */
  named: boolean;
}

const labelWidth = (named: boolean) => (named ? 116 : 52);
const fadeOf = (colour: string) => `${colour}${'50'}`;
const bandOf = (colour: string) => `${colour}${'26'}`;

/** A Chart.js line chart that is told what to show, and shows it when its turn comes. */
export class LineChart {
  readonly #chart: Chart<'line'>;
  #look: Look;
  #frame: Frame = { lines: [], x: { min: 0, max: 1 }, y: { min: 0, max: 1 } };
  #crosshair: number | null = null;
  #selection: Range | null = null;
  /** How to compute what is asked for and not shown yet. */
  #pendingFrame: (() => Frame) | null = null;

  /** @param pixelRatio of a canvas that is in no page; null: the one of the screen, and the chart fills its place */
  constructor(canvas: HTMLCanvasElement, look: Look, pixelRatio: number | null = null) {
    this.#look = look;
    this.#chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      plugins: [this.#drawing()],
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: pixelRatio === null,
        ...(pixelRatio === null ? {} : { devicePixelRatio: pixelRatio }),
        maintainAspectRatio: false,
        events: [],
        datasets: { line: { pointRadius: 0, borderJoinStyle: 'round', spanGaps: true } },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
        layout: { padding: { top: 8, right: labelWidth(look.named) } },
      },
    });
  }

  /** The plot within the canvas, in CSS pixels. */
  get area(): { left: number; right: number; width: number; height: number } {
    const { left, right, width, height } = this.#chart.chartArea;
    return { left, right, width, height };
  }

  get x(): Range {
    return this.#frame.x;
  }

  /** The x value under a place in the canvas. */
  valueAt(pixel: number): number {
    const { left, right } = this.area;
    const x = this.#chart.scales.x.getValueForPixel(Math.min(right, Math.max(left, pixel)));
    return x !== undefined && Number.isFinite(x) ? x : this.#frame.x.min;
  }

  /** @param make computes the frame when the chart's turn has come */
  show(make: () => Frame, look: Look): void {
    this.#pendingFrame = make;
    this.#look = look;
    drawingQueue.ask(this, () => this.#draw());
  }

  /** Marks a place and a stretch without computing anything anew. */
  mark(crosshair: number | null, selection: Range | null): void {
    if (this.#crosshair === crosshair && this.#selection === selection) return;
    this.#crosshair = crosshair;
    this.#selection = selection;
    drawingQueue.ask(this, () => this.#draw());
  }

  /** Draws what is asked for now, without waiting for its turn: the page is about to be printed. */
  drawNow(): void {
    drawingQueue.drop(this);
    this.#chart.resize();
    this.#draw();
  }

  /** The chart as a PNG for a report: at twice the size of the screen, with its title, its axes and who the lines are. */
  async toPng(picture: Picture): Promise<Blob | null> {
    const { width, height } = this.#chart;
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const drawn = new LineChart(canvas, this.#look, 2);
    try {
      drawn.#pendingFrame = () => this.#frame;
      drawn.#draw();
      return await pictureOf(canvas, { width, height }, this.#look, picture);
    } finally {
      drawn.destroy();
    }
  }

  destroy(): void {
    drawingQueue.drop(this);
    this.#chart.destroy();
  }

  #draw(): void {
    if (!this.#pendingFrame) return this.#chart.draw();
    this.#frame = this.#pendingFrame();
    this.#pendingFrame = null;
    this.#chart.options.layout = { padding: { top: 8, right: labelWidth(this.#look.named) } };
    this.#chart.options.scales = { x: this.#xScale(), y: this.#yScale() };
    this.#chart.data.datasets = this.#frame.lines.map((line) => this.#dataset(line));
    this.#chart.update('none');
  }

  #dataset(line: PlotLine): ChartDataset<'line'> {
    const { colour, dash } = seriesStyle(line.style, this.#look.dark);
    if (line.edge !== null)
      return {
        ...{ data: line.points, borderWidth: 0, pointRadius: 0, pointHoverRadius: 0, order: 2 },
        // The ground between the upper edge and the lower one, which follows it.
        ...{ backgroundColor: bandOf(colour), fill: line.edge === 'high' ? '+1' : false },
      };
    return {
      data: line.points,
      borderColor: line.faint ? fadeOf(colour) : colour,
      backgroundColor: colour,
      borderWidth: line.faint ? 1 : 1.6,
      borderDash: line.faint || !this.#look.named ? [] : dash,
      pointRadius: line.exact ? (line.points.length > 60 ? 0 : 2.2) : line.points.length === 1 ? 2.2 : 0,
      pointHoverRadius: 0,
      order: line.faint ? 1 : 0,
    };
  }

  #grid() {
    return { color: this.#look.line, drawTicks: false, lineWidth: 1 };
  }

  #ticks(text: (value: number) => string) {
    return {
      color: this.#look.quiet,
      font: { family: this.#look.face, size: 11 },
      padding: 6,
      autoSkip: false,
      maxRotation: 0,
      callback: (value: string | number) => text(Number(value)),
    };
  }

  #xScale() {
    const { xAxis, xText } = this.#look;
    const { min, max } = this.#frame.x;
    const count = Math.max(2, Math.floor((this.#chart.width - 160) / 90));
    const isLogarithmic = xAxis === 'length' || xAxis === 'rate';
    const ticks = {
      length: binaryTicks,
      rate: logarithmicTicks,
      time: timeTicks,
      step: linearTicks,
      tokens: linearTicks,
      flops: linearTicks,
    }[xAxis];
    const values = ticks(min, max, count);
    return {
      type: isLogarithmic ? ('given-logarithmic' as const) : ('given-linear' as const),
      min,
      max,
      grid: { ...this.#grid(), display: false },
      border: { color: this.#look.line },
      ticks: this.#ticks(xText),
      afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
        scale.ticks = values.map((value) => ({ value }));
      },
    };
  }

  #yScale() {
    const { yAxis, tickText } = this.#look;
    const { min, max } = this.#frame.y;
    const count = Math.max(2, Math.floor(this.#chart.height / 48));
    const values = yAxis === 'logarithmic' ? logarithmicTicks(min, max) : linearTicks(min, max, count);
    return {
      type: `given-${yAxis}` as const,
      min,
      max,
      grid: this.#grid(),
      border: { display: false },
      ticks: this.#ticks(tickText),
      afterFit: (scale: { width: number }) => {
        scale.width = 52;
      },
      afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
        scale.ticks = values.map((value) => ({ value }));
      },
    };
  }

  #drawing(): Plugin<'line'> {
    return {
      id: 'readings',
      afterDatasetsDraw: (chart) => {
        this.#drawSelection(chart);
        this.#drawCrosshair(chart);
        this.#drawEnds(chart);
      },
    };
  }

  #drawSelection({ ctx, chartArea, scales }: Chart): void {
    if (!this.#selection) return;
    const from = scales.x.getPixelForValue(this.#selection.min);
    const to = scales.x.getPixelForValue(this.#selection.max);
    ctx.save();
    ctx.globalAlpha = 0.18;
    ctx.fillStyle = this.#look.accent;
    ctx.fillRect(from, chartArea.top, to - from, chartArea.height);
    ctx.restore();
  }

  #drawCrosshair({ ctx, chartArea, scales }: Chart): void {
    if (this.#crosshair === null) return;
    const x = scales.x.getPixelForValue(this.#crosshair);
    if (x < chartArea.left || x > chartArea.right) return;
    ctx.save();
    ctx.strokeStyle = this.#look.quiet;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(Math.round(x) + 0.5, chartArea.top);
    ctx.lineTo(Math.round(x) + 0.5, chartArea.bottom);
    ctx.stroke();
    ctx.restore();
  }

  /** The name and the last value of each line, beside its end; of very many lines only as many as have room. */
  #drawEnds({ ctx, chartArea, scales }: Chart): void {
    const ends = this.#frame.lines.flatMap((line) => {
      if (line.faint || line.end === null) return [];
      const height = scales.y.getPixelForValue(line.end.y);
      // A line that ends above or below what is shown has no end here.
      const { top, bottom } = chartArea;
      return height >= top - 1 && height <= bottom + 1 ? [{ line, value: line.end.y, height }] : [];
    });
    const heights = ends.map(({ height }) => height);
    const places = placeLabels(heights, 15, chartArea.top + 6, chartArea.bottom - 4);
    ctx.save();
    ctx.textBaseline = 'middle';
    ends.forEach(({ line, value }, index) => {
      const place = places[index];
      if (place === null) return;
      const text = this.#look.yText(value);
      ctx.font = `600 11.5px ${this.#look.face}`;
      ctx.fillStyle = seriesStyle(line.style, this.#look.dark).colour;
      ctx.fillText(text, chartArea.right + 8, place);
      if (!this.#look.named) return;
      const width = ctx.measureText(text).width;
      ctx.font = `11px ${this.#look.face}`;
      ctx.fillText(shortened(ctx, line.name, labelWidth(true) - width - 16), chartArea.right + 12 + width, place);
    });
    ctx.restore();
  }
}

function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end)}…`;
}

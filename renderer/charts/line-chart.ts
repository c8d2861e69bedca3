import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartDataset,
  type Plugin,
} from 'chart.js';
import { drawingQueue } from './drawing-queue.ts';
import { spreadLabels } from './labels.ts';
import type { Frame, Line } from './frame.ts';
import { seriesStyle } from './palette.ts';
import { linearTicks, logarithmicTicks, timeTicks } from './ticks.ts';
import type { Range, XAxis, YAxis } from './view.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

/** What the canvas needs to know besides the values. */
export interface Look {
  dark: boolean;
  text: string;
  quiet: string;
  line: string;
  surface: string;
  accent: string;
  face: string;
  xAxis: XAxis;
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

/** A Chart.js line chart that is told what to show, and shows it when its turn comes. */
export class LineChart {
  readonly #chart: Chart<'line'>;
  #look: Look;
  #frame: Frame = { lines: [], x: { min: 0, max: 1 }, y: { min: 0, max: 1 } };
  #crosshair: number | null = null;
  #selection: Range | null = null;
  /** How to compute what is asked for and not shown yet. */
  #wanted: (() => Frame) | null = null;

  constructor(canvas: HTMLCanvasElement, look: Look) {
    this.#look = look;
    this.#chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      plugins: [this.#drawing()],
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
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
    const { left, width } = this.area;
    const share = Math.min(1, Math.max(0, (pixel - left) / (width || 1)));
    return this.#frame.x.min + share * (this.#frame.x.max - this.#frame.x.min);
  }

  /** @param make computes the frame when the chart's turn has come */
  show(make: () => Frame, look: Look): void {
    this.#wanted = make;
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

  /** The chart as a PNG on its own ground. */
  async toPng(): Promise<Blob | null> {
    const source = this.#chart.canvas;
    const copy = document.createElement('canvas');
    copy.width = source.width;
    copy.height = source.height;
    const context = copy.getContext('2d');
    if (!context) return null;
    context.fillStyle = this.#look.surface;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(source, 0, 0);
    return await new Promise((resolve) => copy.toBlob(resolve, 'image/png'));
  }

  destroy(): void {
    drawingQueue.drop(this);
    this.#chart.destroy();
  }

  #draw(): void {
    if (!this.#wanted) return this.#chart.draw();
    this.#frame = this.#wanted();
    this.#wanted = null;
    this.#chart.options.layout = { padding: { top: 8, right: labelWidth(this.#look.named) } };
    this.#chart.options.scales = { x: this.#xScale(), y: this.#yScale() };
    this.#chart.data.datasets = this.#frame.lines.map((line) => this.#dataset(line));
    this.#chart.update('none');
  }

  #dataset(line: Line): ChartDataset<'line'> {
    const { colour, dash } = seriesStyle(line.style, this.#look.dark);
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
    const values = xAxis === 'time' ? timeTicks(min, max, count) : linearTicks(min, max, count);
    return {
      type: 'linear' as const,
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
      type: yAxis,
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

  /** The name and the last value of each line, beside its end. */
  #drawEnds({ ctx, chartArea, scales }: Chart): void {
    const lines = this.#frame.lines.filter(({ faint, points, last }) => !faint && points.length > 0 && last !== null);
    const heights = lines.map(({ points }) => scales.y.getPixelForValue(points[points.length - 1].y));
    const placed = spreadLabels(heights, 15, chartArea.top + 6, chartArea.bottom - 4);
    ctx.save();
    ctx.textBaseline = 'middle';
    lines.forEach((line, index) => {
      const { colour } = seriesStyle(line.style, this.#look.dark);
      const value = this.#look.yText(line.last ?? 0);
      ctx.font = `600 11.5px ${this.#look.face}`;
      ctx.fillStyle = colour;
      ctx.fillText(value, chartArea.right + 8, placed[index]);
      if (!this.#look.named) return;
      const width = ctx.measureText(value).width;
      ctx.font = `11px ${this.#look.face}`;
      ctx.fillText(
        shortened(ctx, line.name, labelWidth(true) - width - 16),
        chartArea.right + 12 + width,
        placed[index],
      );
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

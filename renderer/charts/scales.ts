import {
  LinearScale,
  LogarithmicScale,
  type LinearScaleOptions,
  type LogarithmicScaleOptions,
  type Tick,
} from 'chart.js';

/**
 * Axes whose range and ticks are given by this application alone. Chart.js' own search for ticks does not end for
 * ranges at the edge of what numbers can hold, and costs time for every frame though its ticks are never shown.
 */
export class FixedTicksLinearScale extends LinearScale {
  static override id = 'given-linear';

  override buildTicks(): Tick[] {
    return [];
  }
}

export class FixedTicksLogarithmicScale extends LogarithmicScale {
  static override id = 'given-logarithmic';

  override buildTicks(): Tick[] {
    return [];
  }
}

declare module 'chart.js' {
  interface CartesianScaleTypeRegistry {
    'given-linear': { options: LinearScaleOptions };
    'given-logarithmic': { options: LogarithmicScaleOptions };
  }
}

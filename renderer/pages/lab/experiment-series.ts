import { bandOf, type CurveAxis } from '../../../main/contract/lab/experiment-curves.ts';
import type { ExperimentView } from '../../../main/contract/lab/experiment-views.ts';
import { shortTitle } from '../../../main/contract/lab/standings.ts';
import type { Series } from '../../charts/view.ts';

/** A line for each contestant that was evaluated, in the colour of its place, with a band if it has several seeds. */
export function experimentSeries(view: ExperimentView, axis: CurveAxis, generation: number): Series[] {
  return view.contestants.flatMap((contestant, style): Series[] => {
    const points = bandOf(contestant, axis);
    if (points.length === 0) return [];
    const several = contestant.trials.length > 1;
    return [
      {
        ...{ id: `${axis}/${style}`, name: shortTitle(view, contestant), style, exact: true, generation },
        x: points.map(({ x }) => x),
        y: points.map(({ mean }) => mean),
        ...(several ? { band: { low: points.map(({ low }) => low), high: points.map(({ high }) => high) } } : {}),
      },
    ];
  });
}

import type { RequestHandlersOf } from '../../contract/requests.ts';
import { estimateView } from './estimate-view.ts';
import { filterView } from './filters.ts';
import type { WindowParts } from './window-parts.ts';

/** What a window asks of models: what one would cost, and how its filters look. */
export function modelRequests({
  host,
  preferences,
  devices,
}: Pick<WindowParts, 'host' | 'preferences' | 'devices'>): RequestHandlersOf<'model'> {
  return {
    'model.estimate': async ({ configuration }) => {
      const dataset = await host.datasets.get(configuration.dataset).catch(() => null);
      const { memory_limit_mib } = await preferences.get();
      const device = configuration.device === 'auto' ? devices.automatic : configuration.device;
      const { runs } = await host.runs.list();
      return estimateView(configuration, { dataset, runs, memoryLimitMiB: memory_limit_mib, device });
    },
    'model.filters': (params) => filterView(params, host.runs),
  };
}

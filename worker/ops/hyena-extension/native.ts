import type { Kernels } from '../../devices/native/kernels/kernel.ts';
import type { HyenaExtensionAttributes } from './composed.ts';

export const nativeHyenaExtension: Kernels = {
  HyenaExtension(backend, [p, shortWeight, shortBias, h, skip, history], attributes) {
    const { order, lead } = attributes as unknown as HyenaExtensionAttributes;
    const [channels, columns] = p.shape;
    const width = channels / (order + 1);
    const length = columns - lead;
    const past = (history as typeof history | undefined) === undefined ? 0 : history.shape[1];
    const reach = h.shape[1];
    const filters = (order - 1) * width;
    const y = backend.make([width, length], 'float32');
    const given = backend.make([filters, length], 'float32');
    const future = reach > past + length ? backend.make([filters, reach - past - length], 'float32') : null;
    backend.addon.extension(
      ...([p, shortWeight, shortBias, h, skip].map((tensor) => backend.handle(tensor)) as Five),
      past > 0 ? backend.handle(history) : null,
      ...([backend.handle(y), backend.handle(given)] as const),
      future === null ? null : backend.handle(future),
      ...([width, lead, length, past, reach, shortWeight.shape[2], order] as const),
    );
    return future === null ? [y, given] : [y, given, future];
  },
};

type Five = [number, number, number, number, number];

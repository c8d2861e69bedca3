import { deviceSetupSchema } from '../../contract/device-setup.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import { msg } from '../../contract/message.ts';
import { withDeviceProgress, withSetupEvent } from './tasks.ts';
import type { WindowParts } from './window-parts.ts';

/** What a window asks of devices: which there are, setting them up, measuring them. */
export function deviceRequests({
  options,
  host,
  tasks,
  training,
  devices,
  changes,
}: Pick<WindowParts, 'options' | 'host' | 'tasks' | 'training' | 'devices' | 'changes'>): RequestHandlersOf<'devices'> {
  const devicesChanged = async (): Promise<void> => {
    await devices.list(true).catch((thrown: unknown) => options.report(HyenaError.from(thrown)));
    changes.touch('devices');
  };
  return {
    'devices.list': ({ again }) => devices.list(again),
    'devices.plan': async ({ device }) => {
      const setup = deviceSetupSchema.parse({ device, action: 'plan' });
      return await host.devices.setUp(setup).result;
    },
    'devices.setup': ({ device }) => {
      if (
        tasks.views.some(
          ({ kind, subject, status }) => kind === 'setup-device' && subject === device && status === 'running',
        )
      )
        throw new HyenaError('locked', msg`'${device}' is already being set up.`);
      const task = host.devices.setUp(deviceSetupSchema.parse({ device }));
      const { id, result } = tasks.follow('setup-device', device, task, withSetupEvent);
      result.then(
        () => devicesChanged(),
        () => undefined,
      );
      return Promise.resolve({ task: id });
    },
    'devices.unset': async ({ device }) => {
      if (training.active)
        throw new HyenaError('locked', 'A run is training and may be using this device.', {
          hint: 'Pause the run first.',
        });
      await host.devices.setUp(deviceSetupSchema.parse({ device, action: 'remove' })).result;
      await devicesChanged();
      return {};
    },
    'devices.benchmarks': () => devices.benchmarks(),
    'devices.benchmark': async ({ device }) => {
      if (training.active)
        throw new HyenaError('locked', 'A run is training; a benchmark during training would be meaningless.', {
          hint: 'Pause the run first.',
        });
      const task = devices.measure(device);
      const total = devices.parts;
      return await tasks.follow('benchmark', device, task, (view, done) => ({ ...view, done, total })).result;
    },
    'devices.report': async () => {
      if (training.active)
        throw new HyenaError('locked', 'A run is training; a benchmark during training would be meaningless.', {
          hint: 'Pause the run first.',
        });
      return await tasks.follow('report-devices', '', host.devices.report(), withDeviceProgress).result;
    },
  };
}

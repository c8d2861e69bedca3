// What the test asks of the stand-in, by messages: `{ id, ask, ...parameters }` is answered with `{ id, result }`.
import { app, system } from './electron.mjs';
import { FakeWindow, windows } from './window.mjs';

const entries = (items) =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? entries(item.submenu) : [])]);
const labels = (items) =>
  items.map(({ label, role, enabled, submenu }) => ({
    ...{ label, role, enabled },
    ...(Array.isArray(submenu) ? { submenu: labels(submenu) } : {}),
  }));

const asks = {
  /** What the system shows now. */
  state: () => ({
    ...{ sandboxed: system.sandboxed, schemes: system.schemes, switches: system.switches, spelling: system.spelling },
    ...{ dialogs: system.dialogs, awake: system.awake, trashed: system.trashed, shown: system.shown },
    notifications: system.notifications.map(({ options }) => options),
    menu: labels(system.menu ?? []),
    windows: windows.map((window) => window.state()),
    endpoint: FakeWindow.endpoint,
  }),
  /** Whether a page would get a permission. */
  permission: async ({ name }) => ({
    check: system.permissionCheck(null, name),
    request: await new Promise((resolve) => system.permissionRequest(null, name, resolve)),
  }),
  menu: ({ label }) => {
    const entry = entries(system.menu).find((one) => one.label === label);
    if (!entry || entry.enabled === false) throw new Error(`The menu offers no '${label}'.`);
    if (entry.role === 'quit') void app.quit();
    else entry.click?.();
  },
  answer: ({ value }) => void system.answers.push(value),
  close: () => void windows[0].close(),
  blur: ({ focused }) => void (windows[0].focused = focused),
  crash: () => windows[0].crash(),
  notification: () => void system.notifications.at(-1).emit('click'),
  secondInstance: ({ paths }) => void app.emit('second-instance', {}, [], '', { paths }),
  openFile: ({ file }) => void app.emit('open-file', { preventDefault: () => undefined }, file),
};

process.on('message', async ({ id, ask, ...parameters }) => {
  try {
    process.send({ id, result: await asks[ask](parameters) });
  } catch (error) {
    process.send({ id, error: String(error) });
  }
});

import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Bridge } from '../../contract/bridge.ts';
import type { Grant } from '../../contract/grants.ts';
import type { FromHost } from '../../contract/wire.ts';
import { channels } from './channels.ts';

/**
 * Runs in the page's sandbox, before the page: gives it five functions and nothing of Electron. Bundled into one
 * CommonJS file, as a sandbox demands.
 */
function follow<Value>(channel: string, take: (value: Value) => void): () => void {
  const listener = (_event: IpcRendererEvent, value: Value) => take(value);
  ipcRenderer.on(channel, listener);
  return () => void ipcRenderer.off(channel, listener);
}

const bridge: Bridge = {
  send: (message) => ipcRenderer.send(channels.toHost, message),
  listen(received) {
    const stop = follow(channels.fromHost, (message: FromHost) => {
      ipcRenderer.send(channels.taken);
      received(message);
    });
    ipcRenderer.send(channels.open);
    return stop;
  },
  // A file that a script made up has no path: only what a person dropped can be granted.
  grantDropped: (files) =>
    ipcRenderer.invoke(
      channels.grant,
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    ) as Promise<Grant[]>,
  onCommand: (run) => follow(channels.command, run),
  onFiles: (take) => follow(channels.files, take),
};

contextBridge.exposeInMainWorld('hyena', bridge);

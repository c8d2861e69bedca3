import path from 'node:path';
import { Host } from '../../main/host/host.ts';
import { LibraryWindows } from '../../main/host/window/window-host.ts';
import type { HyenaError } from '../../main/contract/errors.ts';
import { checkedHost } from './checked-host.ts';
import type { StartJob } from '../../main/workers/start-job.ts';
import { serveWindow, type RunningServer } from '../../main/shells/server/server.ts';

const project = path.resolve(import.meta.dirname, '..', '..');

export interface ServedWindow extends RunningServer {
  readonly windows: LibraryWindows;
  readonly reports: HyenaError[];
}

/** Serves the built window over a library, with jobs done as a test likes. */
export async function serveLibrary(library: string, startJob: StartJob, port = 0): Promise<ServedWindow> {
  const reports: HyenaError[] = [];
  const report = (error: HyenaError) => void reports.push(error);
  const host = await Host.open(library, startJob);
  const resources = path.join(project, 'resources');
  const windows = await LibraryWindows.open({ host, startJob, version: '0.0.0', shell: 'server', resources, report });
  const server = await serveWindow({
    ...{ host: checkedHost(windows), library, port, report, files: path.join(project, 'dist', 'renderer') },
    grant: (file, name) => windows.grants.add(file, name),
  });
  return {
    ...server,
    windows,
    reports,
    close: async () => {
      await windows.close();
      await server.close();
    },
  };
}

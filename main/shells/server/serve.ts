import type { HyenaError } from '../../contract/errors.ts';
import { libraryJobs } from '../../host/compute.ts';
import type { Host } from '../../host/host.ts';
import { programVersion, resourcesFolder, windowFiles } from '../../host/installation.ts';
import { LibraryWindows } from '../../host/window/window-host.ts';
import { serveWindow, type RunningServer } from './server.ts';

export interface ServeOptions {
  /** 0: any free port. */
  port: number;
  /** What pages must show; random if absent. */
  token?: string | undefined;
  /** Called with what was turned away, and of defects. */
  report: (error: HyenaError) => void;
}

/** Serves the window of a library to browsers of this machine, until it is closed. */
export async function serveHost(host: Host, { port, token, report }: ServeOptions): Promise<RunningServer> {
  const windows = await LibraryWindows.open({
    ...{ host, startJob: libraryJobs(host.library), report, shell: 'server', version: programVersion },
    resources: resourcesFolder,
  });
  const server = await serveWindow({
    ...{ host: windows, library: host.library, port, token, report, files: windowFiles },
    grant: (file, name) => windows.grants.add(file, name),
  });
  return {
    ...server,
    close: async () => {
      await windows.close();
      await server.close();
    },
  };
}

/** How a person reaches the window from another machine. */
export const tunnelHint = (port: number): string =>
  `From another computer: ssh -L ${port}:127.0.0.1:${port} USER@THIS-MACHINE, then open the address there.`;

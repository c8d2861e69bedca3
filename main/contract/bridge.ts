import type { Grant } from './grants.ts';
import type { FromHost, ToHost } from './wire.ts';

/** What the preload of the desktop's window gives the page, and nothing else. */
export interface Bridge {
  send(message: ToHost): void;
  /** Called for every message of the host; returns how to stop. */
  listen(received: (message: FromHost) => void): () => void;
  /** Grants files that were dropped on the page; those that cannot be read are left out. */
  grantDropped(files: File[]): Promise<Grant[]>;
  /** Asks the page to do what a menu entry says: `go:PAGE`, `run:NAME`, `help`, `undo`, `pause`, `stop`. */
  onCommand(run: (command: string) => void): () => void;
  /** Hands over files that were chosen outside of the page: from the menu, dropped on the icon, opened with the app. */
  onFiles(take: (grants: Grant[]) => void): () => void;
}

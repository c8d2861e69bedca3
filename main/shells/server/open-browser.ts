import { spawn } from 'node:child_process';
import { variable } from '../../library/environment.ts';

/** The command that opens an address in the person's browser; null if there is no display to open it on. */
function opener(address: string): { command: string; parameters: string[] } | null {
  if (process.platform === 'darwin') return { command: 'open', parameters: [address] };
  if (process.platform === 'win32') return { command: 'explorer.exe', parameters: [address] };
  const display = variable('DISPLAY') ?? variable('WAYLAND_DISPLAY') ?? '';
  return display === '' ? null : { command: 'xdg-open', parameters: [address] };
}

/** Opens an address in the browser if there is one; whoever has none was told the address anyway. */
export function openBrowser(address: string): void {
  const found = process.stdout.isTTY ? opener(address) : null;
  if (!found) return;
  const child = spawn(found.command, found.parameters, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

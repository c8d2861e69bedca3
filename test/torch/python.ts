import { spawnSync } from 'node:child_process';
import { findPython } from '../../worker/devices/torch/python.ts';

/** The Python with PyTorch that `npm test -- torch` found; the group does not run without one. */
export async function pythonWithTorch(): Promise<string> {
  const found = await findPython();
  if ('problem' in found) throw new Error('There is no Python with PyTorch: run `npm test -- torch`.');
  return found.python;
}

/** Runs a program of Python and returns what it wrote. */
export function runPython(python: string, parameters: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { stdout, stderr, status } = spawnSync(python, parameters, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(`${parameters.join(' ')} ended with ${String(status)}:\n${stderr}`);
  return stdout;
}

import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { msg, type Message } from '../../../main/contract/message.ts';
import { processEnvironment, variable } from '../../../main/library/environment.ts';

const accelerators = ['cuda', 'rocm', 'mps', 'cpu'] as const;

/** What a Python with PyTorch has. */
const probeSchema = z.object({
  python: z.string(),
  torch: z.string(),
  accelerator: z.enum(accelerators),
  /** Of each card, or of the processor. */
  names: z.array(z.string()),
});
export type PythonWithTorch = z.infer<typeof probeSchema>;

/** Asks for versions before anything slow is imported. */
const probe = `
import importlib.util, json, platform, sys
if importlib.util.find_spec("torch") is None:
    print(json.dumps({"missing": True})); sys.exit(0)
import torch
kind = "cpu"
names = [f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} threads"]
if torch.cuda.is_available():
    kind = "rocm" if torch.version.hip else "cuda"
    names = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
elif getattr(torch.backends, "mps", None) is not None and torch.backends.mps.is_available():
    kind, names = "mps", ["Apple GPU"]
print(json.dumps({"python": sys.executable, "torch": torch.__version__, "accelerator": kind, "names": names}))
`;

/** Importing PyTorch from a slow disk takes this long at most. */
const probeMilliseconds = 60_000;

const runProbe = (python: string): Promise<unknown> =>
  new Promise((resolve) => {
    const options = { timeout: probeMilliseconds, env: processEnvironment, windowsHide: true };
    execFile(python, ['-c', probe], options, (error, stdout) => {
      if (error) return resolve(null);
      try {
        resolve(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
      } catch {
        resolve(null);
      }
    });
  });

const windows = process.platform === 'win32';
const within = (environment: string): string =>
  windows ? path.join(environment, 'Scripts', 'python.exe') : path.join(environment, 'bin', 'python');

/** Where a Python may be: named by HYENA_PYTHON, else that of the active environment, else those on PATH. */
function candidates(environment: NodeJS.ProcessEnv): string[] {
  const named = variable('HYENA_PYTHON', environment);
  if (named) return [named];
  const active = [variable('VIRTUAL_ENV', environment), variable('CONDA_PREFIX', environment)].filter(
    (one) => one !== undefined,
  );
  return [...active.map(within), ...(windows ? ['python', 'py'] : ['python3', 'python'])];
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Looks for a Python that has PyTorch.
 *
 * @returns it, or in a sentence what is missing
 */
export async function findPython(
  environment: NodeJS.ProcessEnv = processEnvironment,
): Promise<PythonWithTorch | { readonly problem: Message }> {
  const named = variable('HYENA_PYTHON', environment);
  let any: string | null = null;
  for (const candidate of candidates(environment)) {
    if (path.isAbsolute(candidate) && !(await exists(candidate))) continue;
    const answer = await runProbe(candidate);
    const found = probeSchema.safeParse(answer);
    if (found.success) return found.data;
    if (answer !== null) any ??= candidate;
  }
  if (named && any === null) return { problem: msg`${named} is not a working Python` };
  return { problem: any === null ? msg`no Python found` : msg`${any} has no PyTorch` };
}

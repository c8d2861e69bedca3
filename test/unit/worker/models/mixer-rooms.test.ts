import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { descriptionOf } from '../../../../main/contract/mixers/index.ts';
import { mixerNames } from '../../../../main/contract/mixers/names.ts';
import { mixerSettings } from '../../../../main/contract/mixers/settings.ts';

const project = path.resolve(import.meta.dirname, '..', '..', '..', '..');

/** Sources that know mixers by the seam alone; operations and devices have kernels for some, imports and exports names of published files. */
function sources(): { file: string; text: string }[] {
  return [
    'main/host',
    'main/library',
    'main/contract',
    'renderer',
    'worker/models',
    'worker/training',
    'worker/generation',
  ]
    .concat(['worker/serving', 'worker/documents', 'worker/benchmarks'])
    .flatMap((folder) =>
      readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|svelte)$/.test(file))
        .map((file) => path.join(folder, file)),
    )
    .filter(
      (file) =>
        !/mixers[\\/]([a-z0-9-]+[\\/]|gated-convolution|gated-output|short-filter|modal-recurrence|native-steps)|contract[\\/](messages[\\/]|presets|imports[\\/])|export[\\/]safari/.test(
          file,
        ),
    )
    .map((file) => ({ file, text: readFileSync(path.join(project, file), 'utf8') }));
}

describe('the rooms of mixers', () => {
  it.each([
    ...['short_filter', 'emb_dim', 'filter_order', 'filter_fn', 'in_proj', 'out_proj', 'num_inner_mlps', 'pos_emb'],
    ...[
      'modal_',
      'log_poles',
      'Wqkv',
      'kernel.kernel',
      'time_mix',
      'time_decay',
      'dt_bias',
      'A_log',
      'conv1d',
      'mamba_',
      'gss_',
      'mega_',
      'Lambda_',
      'long_conv_',
    ],
  ])('nothing outside of the mixers that have it speaks of %s', (noun) => {
    expect(
      sources()
        .filter(({ text }) => text.includes(noun))
        .map(({ file }) => file),
    ).toEqual([]);
  });

  it('the keys of mixers are no shared ones, and the same where two have them', () => {
    const known = new Map<string, unknown>();
    for (const name of mixerNames)
      for (const [key, schema] of Object.entries(mixerSettings[name])) {
        if (known.has(key)) expect(schema, key).toBe(known.get(key));
        known.set(key, schema);
      }
    expect(known.size).toBeGreaterThan(0);
  });

  it.each(mixerNames)('%s has a title of its own', (name) => {
    const titles = mixerNames.map((one) => descriptionOf(one).title);
    expect(titles.filter((title) => title === descriptionOf(name).title)).toHaveLength(1);
  });
});

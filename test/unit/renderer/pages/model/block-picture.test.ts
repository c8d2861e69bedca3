import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { modelSchema } from '../../../../../main/contract/configuration.ts';
import BlockPicture from '../../../../../renderer/pages/model/BlockPicture.svelte';
import { FakeHost, show } from '../../fake-host.ts';

const items = () =>
  screen.getAllByRole('listitem').map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
const picture = (settings: object): string[] => {
  show(new FakeHost(), BlockPicture, { model: modelSchema.parse(settings) });
  return screen
    .getAllByRole('listitem')
    .filter(({ className }) => className.includes('mixer'))
    .map((item) =>
      [...item.querySelectorAll('strong, .unit, li')]
        .map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim())
        .join(' '),
    );
};

describe('the picture of a model', () => {
  it('shows the heads of attention, their norm, rotation and window', () => {
    const model = { layers: 'attention', n_head: 8, n_kv_head: 2, attention_window: 256, qk_norm: true };
    expect(picture({ ...model, positions: 'rotary' })).toEqual([
      'Attention 8 heads 3 input projections 2 heads of keys and values RMSNorm(q), RMSNorm(k) rotary positions softmax(q·kᵀ)·v within 256 tokens → projection',
    ]);
  });

  it('shows the block of each mixer of a pattern once, with the layers that have it', () => {
    const [hyena, attention] = picture({ layers: 'hyena*2,attention', n_layer: 7 });
    expect(hyena).toMatch(/^Hyena order 2 /);
    expect(attention).toBe('Attention 2 heads 3 input projections softmax(q·kᵀ)·v → projection');
    const shown = items();
    expect(shown.filter((text) => /^Layers? [\d, and]+$/.test(text))).toEqual([
      'Layers 1, 2, 4, 5, and 7',
      'Layers 3 and 6',
    ]);
    expect(shown.filter((text) => text.startsWith('MLP'))).toHaveLength(2);
  });

  it('leaves out a mixer of the pattern that no layer reaches, and the layers of a model that has one kind', () => {
    expect(picture({ layers: 'hyena-se,hyena-li,attention', n_layer: 2 })).toHaveLength(2);
    document.body.replaceChildren();
    picture({ layers: 'hyena-li' });
    expect(items().filter((text) => /^Layers? \d/.test(text))).toEqual([]);
  });

  it('names the norm and the activation', () => {
    picture({ layers: 'short-conv', norm: 'rms_norm', mlp: 'swiglu' });
    expect(items().filter((text) => text === 'RMSNorm')).toHaveLength(2);
    expect(items().find((text) => text.startsWith('MLP'))).toMatch(/^MLP SwiGLU 128 → 352 → 128$/);
  });
});

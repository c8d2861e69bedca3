import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import { I18n } from '../../../../../renderer/i18n/i18n.svelte.ts';
import AdapterChoice from '../../../../../renderer/pages/model/AdapterChoice.svelte';
import { ModelForm } from '../../../../../renderer/pages/model/model-form.svelte.ts';
import { FakeHost, show } from '../../fake-host.ts';

afterEach(() => localStorage.clear());

const source = runConfigurationSchema.parse({
  dataset: 'chats',
  model: { d_model: 256, n_layer: 4, vocab_size: 4096 },
  training: { learning_rate: 0.002, batch_size: 1 },
});

describe('training adapters alone', () => {
  it('is chosen in the form, with a learning rate that suits, and left again', async () => {
    const i18n = new I18n();
    await i18n.choose('en', []);
    const form = new ModelForm('chats', i18n);
    form.teach(source, 'base', null);
    form.set('dataset', 'chats');
    const rate = form.checked.configuration!.training.learning_rate;
    form.chooseAdapters(true);
    expect(form.checked.configuration?.training).toMatchObject({ lora_rank: 16, learning_rate: 4 * rate });
    form.chooseAdapters(true);
    expect(form.checked.configuration?.training.learning_rate).toBe(4 * rate);
    form.chooseAdapters(false);
    expect(form.checked.configuration?.training).toMatchObject({ lora_rank: null, learning_rate: rate });
    form.chooseAdapters(true);
    form.startAnew();
    expect(form.checked.configuration).toMatchObject({ from: null, training: { lora_rank: null } });
  });

  it('is offered with what it takes of memory', async () => {
    const onchoose = vi.fn();
    show(new FakeHost(), AdapterChoice, { configuration: source, vocabulary: 4096, onchoose });
    const box = screen.getByRole('checkbox', { name: 'Train small adapters only' });
    const text = document.getElementById('adapters-help')!.textContent;
    const [, adapters, whole] = /^([\d,]+) MiB of memory instead of ([\d,]+) MiB: .* parameters are trained/.exec(
      text,
    )!;
    expect(Number(adapters.replaceAll(',', ''))).toBeLessThan(Number(whole.replaceAll(',', '')));
    await fireEvent.click(box);
    expect(onchoose).toHaveBeenCalledWith(true);
  });
});

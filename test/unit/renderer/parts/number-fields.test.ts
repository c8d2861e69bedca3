import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { I18n } from '../../../../renderer/i18n/i18n.svelte.ts';
import { ModelForm } from '../../../../renderer/pages/model/model-form.svelte.ts';
import NumberField from '../../../../renderer/parts/NumberField.svelte';
import { FakeHost, show } from '../fake-host.ts';
import { defaultPreset } from '../../../../main/contract/presets.ts';

afterEach(() => localStorage.clear());

async function formIn(language: 'en' | 'de' | 'es' | 'it' | 'ja', system: string[] = []) {
  const i18n = new I18n();
  await i18n.choose(language, system);
  return { i18n, form: new ModelForm('book', i18n) };
}

describe('numbers in the form of a run', () => {
  it.each([
    ['en', [], '1,000'],
    ['de', [], '1.000'],
    ['de', ['de-CH'], "1'000"],
    ['it', [], '1.000'],
    ['ja', [], '１，０００'],
  ] as const)('are what the language writes, in %s %j: %s', async (language, system, text) => {
    const { form } = await formIn(language, [...system]);
    form.type('training.max_steps', text);
    expect(form.checked.configuration?.training.max_steps).toBe(1000);
    expect(form.shown('training.max_steps')).toBe(text);
    form.leave('training.max_steps');
    expect(form.shown('training.max_steps')).toMatch(/^1\D?000$/);
  });

  it('are refused where they could be others, with how to write them', async () => {
    const { form } = await formIn('en');
    form.type('training.max_steps', '1.000');
    form.leave('training.max_steps');
    expect(form.checked.configuration).toBeNull();
    expect(form.checked.problems.get('training.max_steps')).toBe('Did you mean 1 or 1,000?');
    expect(form.shown('training.max_steps')).toBe('1.000');
    form.type('training.max_steps', '1,000');
    expect(form.checked.configuration?.training.max_steps).toBe(1000);
  });

  it('keep the reason beside them where they are no number', async () => {
    const { form } = await formIn('de');
    form.type('training.learning_rate', '1.5');
    expect(form.checked.problems.get('training.learning_rate')).toContain('1,5');
    form.type('training.learning_rate', 'viel');
    expect(form.checked.problems.get('training.learning_rate')).not.toContain('1,5');
    form.type('training.learning_rate', '3E-4');
    expect(form.checked.configuration?.training.learning_rate).toBe(3e-4);
    form.leave('training.learning_rate');
    expect(form.shown('training.learning_rate')).toBe('0,0003');
  });

  it('take percentages where they are shares, and nowhere else', async () => {
    const { form } = await formIn('en');
    form.type('model.residual_dropout', '10 %');
    expect(form.checked.configuration?.model.residual_dropout).toBe(0.1);
    form.type('training.learning_rate', '10%');
    expect(form.checked.configuration).toBeNull();
  });

  it('stay the same numbers where the language changes between', async () => {
    const first = await formIn('en');
    first.form.type('training.max_steps', '1,500');
    first.form.type('training.learning_rate', '0.0025');
    const { form } = await formIn('de');
    expect(form.shown('training.max_steps')).toBe('1.500');
    expect(form.shown('training.learning_rate')).toBe('0,0025');
    expect(form.checked.configuration?.training).toMatchObject({ max_steps: 1500, learning_rate: 0.0025 });
  });

  it('numbers in the form of a run, of an earlier draft, are not parsed again', async () => {
    const values = { 'training.max_steps': '1500', 'training.seed': '1,000' };
    localStorage.setItem('hyena-studio.draft', JSON.stringify({ values, preset: null, name: '', source: null }));
    const { form } = await formIn('de');
    expect(form.value('training.max_steps')).toBe('1500');
    expect([...form.checked.problems.keys()]).toEqual(['training.seed']);
  });
});

describe('a draft', () => {
  it('is discarded as a whole, and can be brought back', async () => {
    const { form } = await formIn('en');
    form.type('training.max_steps', '77');
    form.name = 'mine';
    expect(form.changed).toBe(true);
    const restore = form.discard('book');
    expect([form.changed, form.name, form.preset]).toEqual([false, '', defaultPreset]);
    restore();
    expect([form.value('training.max_steps'), form.name]).toEqual(['77', 'mine']);
  });
});

describe('a field for a number', () => {
  const given = (onchange: (value: number | null) => void) => ({
    value: 1500,
    kind: { whole: true },
    takes: 'From 1 to 5,000',
    accepts: (value: number) => value >= 1 && value <= 5000,
    onchange,
  });

  it('reads what it shows, and shows what is used', async () => {
    const onchange = vi.fn();
    show(new FakeHost(), NumberField, given(onchange));
    const field = screen.getByRole<HTMLInputElement>('textbox');
    expect(field.value).toBe('1,500');
    await fireEvent.change(field, { target: { value: '2,000' } });
    expect(onchange).toHaveBeenLastCalledWith(2000);
    await fireEvent.change(field, { target: { value: '1500' } });
    expect([onchange.mock.lastCall, field.value]).toEqual([[1500], '1,500']);
  });

  it('says beside it why something is refused, and changes nothing', async () => {
    const onchange = vi.fn();
    show(new FakeHost(), NumberField, given(onchange));
    const field = screen.getByRole<HTMLInputElement>('textbox');
    for (const [text, problem] of [
      ['2.000', 'Did you mean 2 or 2,000?'],
      ['6,000', 'From 1 to 5,000'],
      ['2k', 'From 1 to 5,000'],
      ['', 'From 1 to 5,000'],
    ]) {
      await fireEvent.change(field, { target: { value: text } });
      expect(screen.getByRole('alert').textContent).toBe(problem);
      expect(field.getAttribute('aria-invalid')).toBe('true');
    }
    expect(onchange).not.toHaveBeenCalled();
  });
});

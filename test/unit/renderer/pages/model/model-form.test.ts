import { beforeEach, describe, expect, it } from 'vitest';
import { FakeHost } from '../../fake-host.ts';
import { ModelForm } from '../../../../../renderer/pages/model/model-form.svelte.ts';
import { suitedPreset } from '../../../../../renderer/pages/model/suited-preset.ts';
import { AppState } from '../../../../../renderer/state/app-state.svelte.ts';

const open = () => new ModelForm('book', new AppState(new FakeHost().client).i18n);

describe('the form of a run', () => {
  beforeEach(() => localStorage.clear());

  it('marks what is not as its preset has it, over a reload too, and takes a change back', () => {
    const form = open();
    expect(form.isChanged('model.d_model')).toBe(false);
    form.type('model.d_model', '192');
    form.type('training.max_steps', 'many');
    const again = open();
    for (const one of [form, again]) {
      expect(['model.d_model', 'training.max_steps', 'model.n_layer'].map((path) => one.isChanged(path))).toEqual([
        ...[true, true, false],
      ]);
      expect(one.preset).toBeNull();
    }
    again.reset('model.d_model');
    expect([again.shown('model.d_model'), again.preset]).toEqual(['128', null]);
    again.reset('training.max_steps');
    expect([again.isChanged('training.max_steps'), again.preset]).toEqual([false, 'hybrid-tiny']);
  });

  it('is limited by time alone where a person has so much of it, and as it began otherwise', () => {
    const form = open();
    form.choose('small');
    expect([form.minutes, form.value('training.max_steps')]).toEqual([null, '1500']);
    form.minutes = 10;
    expect([form.minutes, form.value('training.max_steps')]).toEqual([10, '']);
    expect(form.checked.configuration?.training).toMatchObject({ max_minutes: 10, max_steps: null });
    form.minutes = null;
    expect([form.minutes, form.value('training.max_steps'), form.value('training.max_minutes')]).toEqual([
      ...[null, '1500', ''],
    ]);
  });

  it('is not changed by the data that it is about', () => {
    const form = open();
    form.set('dataset', 'letters');
    form.type('model.n_layer', '3');
    form.reset('model.n_layer');
    expect([form.preset, form.value('dataset')]).toEqual(['hybrid-tiny', 'letters']);
  });
});

describe('the preset that suits small data', () => {
  it('is named where a model is far too large for them, and only then', () => {
    expect(suitedPreset(125_000_000, 42_000)).toBe('tiny');
    expect(suitedPreset(125_000_000, 2_000_000)).toBe('small');
    expect(suitedPreset(1_300_000_000, 20_000_000)).toBe('base');
    expect(suitedPreset(330_000, 4000)).toBeNull();
    expect(suitedPreset(1_000_000, 1_200_000)).toBeNull();
    expect(suitedPreset(125_000_000, 500_000_000)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { allModelSettings } from '../../../../main/contract/model-configuration.ts';
import { fieldsOf } from '../../../../main/contract/schema-fields.ts';
import { similarNames } from '../../../../main/contract/similar-names.ts';
import { describeValues, allFields, findField } from '../../../../main/contract/fields.ts';
import { checkConfiguration, mergeConfigurations, parseSettings } from '../../../../main/contract/settings.ts';

const failure = (act: () => unknown): HyenaError => {
  try {
    act();
  } catch (error) {
    if (error instanceof HyenaError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('fields', () => {
  it('have unique keys, so that a bare key means one thing', () => {
    const keys = allFields().map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('all say what they are and what they take', () => {
    for (const field of allFields()) {
      expect(field.description, field.path).not.toBe('');
      expect(describeValues(field), field.path).not.toMatch(/undefined|NaN/);
    }
  });

  it('carry bounds, units and defaults of the schema', () => {
    // An option of a verb is a key of a part of the configuration by itself.
    expect(fieldsOf('run', allModelSettings)[0].path).toBe('vocab_size');
    expect(findField('d_model')).toMatchObject({ path: 'model.d_model', minimum: 4, maximum: 16_384, default: 128 });
    expect(describeValues(findField('model.d_model')!)).toBe('a whole number from 4 to 16,384');
    expect(describeValues(findField('decay_target')!)).toBe('a number above 0 below 1');
    expect(describeValues(findField('vocab_size')!)).toBe('a whole number from 2 to 1,000,000, or none');
    expect(describeValues(findField('schedule')!)).toBe('cosine | linear | constant | inverse_sqrt');
    expect(describeValues(findField('gradient_checkpointing')!)).toBe('true | false');
  });

  it('suggest names that are near', () => {
    const names = allFields().map(({ key }) => key);
    expect(similarNames('d_modle', names)[0]).toBe('d_model');
    expect(similarNames('learning_rte', names)[0]).toBe('learning_rate');
    expect(similarNames('batch', names)).toContain('batch_size');
    expect(similarNames('zzzzzz', names)).toEqual([]);
  });
});

describe('settings', () => {
  it('take paths and bare keys, the last one wins', () => {
    expect(parseSettings(['model.d_model=64', 'd_model=128', 'schedule=linear', 'sample_prompt=a=b'])).toEqual({
      model: { d_model: 128 },
      training: { schedule: 'linear', sample_prompt: 'a=b' },
    });
  });

  it('read numbers, switches, and none', () => {
    const { model, training } = parseSettings([
      'learning_rate=3e-4',
      'max_tokens=5_000_000',
      'tie_embeddings=no',
      'd_inner=none',
      'sample_prompt=12',
      'sample_interval=null',
    ]);
    expect(model).toEqual({ tie_embeddings: false, d_inner: null });
    expect(training).toEqual({ learning_rate: 3e-4, max_tokens: 5e6, sample_prompt: '12', sample_interval: null });
  });

  it('refuse what is not key=value as wrong usage', () => {
    expect(failure(() => parseSettings(['d_model'])).code).toBe('usage');
    expect(failure(() => parseSettings(['=3'])).code).toBe('usage');
  });

  it('name an unknown key and what it may have meant', () => {
    const error = failure(() => parseSettings(['d_modle=3']));
    expect(error.code).toBe('configuration');
    expect(error.message).toBe('Unknown key: d_modle. Did you mean d_model?');
    expect(failure(() => parseSettings(['model.d_modle=3'])).message).toMatch('Did you mean model.d_model?');
  });
});

describe('checking a configuration', () => {
  const check = (input: object) => checkConfiguration({ dataset: 'book', ...input });

  it('fills in the defaults', () => {
    expect(check({})).toMatchObject({ device: 'auto', model: { d_model: 128, order: 2 }, training: { batch_size: 8 } });
  });

  it('names the key, its unit, its bounds and what was given', () => {
    const error = failure(() => check({ model: { d_model: 2 }, training: { schedule: 'sine' } }));
    expect(error.message.split('\n')).toEqual([
      'model.d_model (channels) must be a whole number from 4 to 16,384; got 2.',
      'training.schedule must be cosine | linear | constant | inverse_sqrt; got sine.',
    ]);
  });

  it('says why where a bound is not the reason', () => {
    expect(failure(() => check({ model: { emb_dim: 32 } })).message).toMatch(/^model\.emb_dim must be odd.*; got 32\./);
  });

  it('refuses unknown keys anywhere, with near misses', () => {
    expect(failure(() => check({ model: { n_layers: 3 } })).message).toBe(
      'Unknown key n_layers in model. Did you mean n_layer or layers?',
    );
    expect(failure(() => check({ modle: {} })).message).toBe('Unknown key: modle. Did you mean model?');
  });

  it('says that the data set is missing', () => {
    expect(failure(() => checkConfiguration({})).message).toMatch(/^dataset is missing/);
  });

  it('refuses sequences that the filters are not defined for', () => {
    const input = { model: { l_max: 512 }, training: { sequence_length: 1024 } };
    expect(failure(() => check(input)).message).toMatch(/sequence_length \(1024\) exceeds model.l_max \(512\)/);
  });
});

describe('merging configurations', () => {
  it('lays the later over the earlier, key by key', () => {
    const merged = mergeConfigurations([
      { device: 'portable', model: { d_model: 64, n_layer: 2 } },
      { model: { d_model: 128 }, training: { seed: 3 } },
    ]);
    expect(merged).toMatchObject({ device: 'portable', model: { d_model: 128, n_layer: 2 }, training: { seed: 3 } });
  });

  it('replaces the budgets of the layers below by those that a layer names', () => {
    const { training } = mergeConfigurations([
      { training: { max_minutes: 2, seed: 1 } },
      { training: { max_steps: 5, max_epochs: 1 } },
    ]);
    expect(training).toEqual({ max_steps: 5, max_epochs: 1, seed: 1 });
  });

  it('keeps the budgets where nothing names one, and has a default where nobody did', () => {
    expect(mergeConfigurations([{ training: { max_minutes: 2 } }, { training: { seed: 1 } }]).training).toEqual({
      max_minutes: 2,
      seed: 1,
    });
    expect(mergeConfigurations([{}, {}]).training).toEqual({ max_steps: 1000 });
    expect(
      mergeConfigurations([{ training: { max_minutes: 2 } }, { training: { max_minutes: null } }]).training,
    ).toEqual({ max_minutes: null, max_steps: 1000 });
  });
});

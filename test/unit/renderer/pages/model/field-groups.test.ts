import { describe, expect, it } from 'vitest';
import { allFields } from '../../../../../main/contract/fields.ts';
import { grouped, isEssential } from '../../../../../renderer/pages/model/field-groups.ts';

describe('the settings of the form', () => {
  const fields = allFields().filter(({ section }) => section !== 'run');

  it('show eight, and every other one in exactly one group', () => {
    expect(fields.filter(isEssential)).toHaveLength(8);
    const more = fields.filter((field) => !isEssential(field));
    const shown = grouped(more).flatMap(({ fields: own }) => own.map(({ path }) => path));
    expect([...shown].sort()).toEqual(more.map(({ path }) => path).sort());
  });

  it('stand with their like', () => {
    const groupOf = (key: string) =>
      grouped(fields).find(({ fields: own }) => own.some((field) => field.key === key))?.group;
    expect(['order', 'mamba_state', 'n_head', 'short_filter_order'].map(groupOf)).toEqual(Array(4).fill('mixers'));
    expect(['adam_beta1', 'min_learning_rate_ratio', 'weight_decay', 'filter_learning_rate'].map(groupOf)).toEqual(
      Array(4).fill('schedule'),
    );
    expect(['eval_interval', 'sample_prompt', 'keep_checkpoints'].map(groupOf)).toEqual(Array(3).fill('evaluation'));
    expect(['lora_rank', 'precision', 'max_epochs', 'mixer_bias', 'spike_factor'].map(groupOf)).toEqual([
      ...['adapters', 'speed', 'budget', 'shape', 'stability'],
    ]);
  });
});

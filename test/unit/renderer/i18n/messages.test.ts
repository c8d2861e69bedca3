import { describe, expect, it } from 'vitest';
import { allFields } from '../../../../main/contract/fields.ts';
import { fillIn, type NumberStyle } from '../../../../main/contract/messages/template.ts';
import { en } from '../../../../main/contract/messages/window/en.ts';
import { es } from '../../../../main/contract/messages/window/es.ts';
import { ja } from '../../../../main/contract/messages/window/ja.ts';
import { Formats } from '../../../../renderer/i18n/format.ts';
import { I18n } from '../../../../renderer/i18n/i18n.svelte.ts';
import { explainValues } from '../../../../renderer/pages/model/explain-values.ts';

describe('the language of the window', () => {
  it('fills in values, and choose the form by number', () => {
    const writing = (locale: string): NumberStyle => ({ locale, number: (value) => new Formats(locale).exact(value) });
    expect(fillIn(en.files, { n: 1 }, writing('en'))).toBe('1 file');
    expect(fillIn(en.files, { n: 1200 }, writing('en'))).toBe('1,200 files');
    expect(fillIn(ja.files!, { n: 1 }, writing('ja'))).toBe('1 ファイル');
    expect(fillIn(es.problems!, { n: 1 }, writing('es'))).toBe('1 problema');
    expect(fillIn('{a} {b}', { a: 'x' }, writing('en'))).toBe('x {b}');
  });

  it('brings its numbers with it, in the way of the region that the system names', async () => {
    const i18n = new I18n();
    await i18n.choose('de', ['de-CH', 'en']);
    expect(i18n.format.locale).toBe('de-CH');
    expect(i18n.t('tokens', { n: 1_234_567 })).toMatch(/^1.234.567 Token$/);
    await i18n.choose('es', ['en-US']);
    expect(i18n.format.fixed(1.5, 2)).toBe('1,50');
    await i18n.choose('system', ['it-IT']);
    expect(i18n.language).toBe('it');
  });

  it('falls back to English where a translation is missing', async () => {
    const i18n = new I18n();
    await i18n.choose('de', []);
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect(i18n.t(key)).not.toBe('');
  });

  it('says what a field takes', async () => {
    const i18n = new I18n();
    const width = allFields().find(({ key }) => key === 'd_model')!;
    const features = allFields().find(({ key }) => key === 'emb_dim')!;
    expect(explainValues(width, i18n)).toBe('A whole number, at least 4, at most 16,384');
    expect(explainValues(features, i18n)).toBe('A whole number, odd, at least 3, at most 1,025');
    await i18n.choose('ja', []);
    expect(explainValues(width, i18n)).toBe('整数, 4 以上, 16,384 以下');
  });
});

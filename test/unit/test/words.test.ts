import { describe, expect, it } from 'vitest';
import { avoided } from '../../words/glossary.ts';
import { prose } from '../../words/prose.ts';

describe('the words that texts avoid', () => {
  it.each(avoided)('are found as written and left alone otherwise: $word', ({ pattern, found, left }) => {
    expect(pattern.test(found)).toBe(true);
    expect(pattern.test(left)).toBe(false);
  });

  it('are looked for in all that people read, by file and line', async () => {
    const pieces = await prose();
    const areas = ['main/contract/messages/window/', 'main/shells/terminal/', 'worker/', 'README.md', 'docs/'];
    for (const area of [...areas, 'main/contract/model-configuration.ts'])
      expect(pieces.filter(({ file }) => file.startsWith(area)).length, area).toBeGreaterThan(20);
    const title = pieces.find(({ text }) => text === 'Context length');
    expect(title?.file).toBe('main/contract/model-configuration.ts');
    expect(title?.line).toBeGreaterThan(20);
  });
});

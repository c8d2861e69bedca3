import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { HyenaError, messageOf } from '../../../../main/contract/errors.ts';
import { toMessage, msg } from '../../../../main/contract/message.ts';
import ErrorText from '../../../../renderer/parts/ErrorText.svelte';
import { FakeHost, show } from '../fake-host.ts';

/** An error as it comes over the wire, drawn in German. */
async function drawn(error: HyenaError) {
  const report = JSON.parse(JSON.stringify(error.toReport())) as ReturnType<HyenaError['toReport']>;
  const { app, container } = show(new FakeHost(), ErrorText, { error: report });
  await app.i18n.choose('de', []);
  await tick();
  const paragraphs = [...container.querySelectorAll('p')].map((one) => one.textContent.trim());
  const english = [...container.querySelectorAll('[lang=en]')].map((one) => one.textContent);
  return { paragraphs, english };
}

describe('an error', () => {
  it('is told in the language of the window, with its values and all of its sentences', async () => {
    const { paragraphs, english } = await drawn(
      new HyenaError('not-found', msg`Run '${'calm-otter'}' has no checkpoint.`, {
        kept: 'Nothing was downloaded.',
        hint: 'Free some disk space, then resume from the last checkpoint.',
      }),
    );
    expect(english).toEqual([]);
    expect(paragraphs).toHaveLength(3);
    expect(paragraphs[0]).toMatch(/Lauf.*calm-otter.*Sicherung/);
    expect(paragraphs[1]).not.toContain('Nothing');
    expect(paragraphs[2]).toMatch(/Sicherung/);
  });

  it('keeps the words of the system, marked as English, within its own', async () => {
    const { paragraphs, english } = await drawn(
      new HyenaError(
        'unreachable',
        msg`The Python package index did not respond: ${messageOf(new Error('connect ECONNREFUSED'))}`,
      ),
    );
    expect(english).toEqual(['connect ECONNREFUSED']);
    expect(paragraphs).toHaveLength(1);
    expect(paragraphs[0]).toMatch(/Python.*: connect ECONNREFUSED/);
  });

  it('an error that has no translation is told by its kind, then in its own words', async () => {
    const { paragraphs, english } = await drawn(new HyenaError('disk-full', toMessage('EDQUOT: quota exceeded')));
    expect(paragraphs).toEqual(['Der Datenträger ist voll.', 'EDQUOT: quota exceeded']);
    expect(english).toEqual(['EDQUOT: quota exceeded']);
  });
});

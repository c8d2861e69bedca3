import { describe, expect, it } from 'vitest';
import { search, type PaletteEntry, type PaletteKind } from '../../../../renderer/frame/palette.ts';

const entry = (kind: PaletteKind, label: string): PaletteEntry => ({
  ...{ id: `${kind}:${label}`, kind, label, run: () => undefined },
});
const entries = [
  entry('page', 'Data'),
  entry('page', 'Runs'),
  entry('action', 'Stop the run and save a checkpoint'),
  ...Array.from({ length: 60 }, (_, index) => entry('run', `swift-heron-${index}`)),
  entry('run', 'rapid-kudu'),
  entry('model', 'rapid-kudu'),
  entry('data', 'Käsebuch'),
  entry('chat', 'What is a data set?'),
  entry('document', 'Moby-Dick; or, The Whale'),
];
const found = (typed: string) => search(entries, typed, (kind) => kind).map(({ id }) => id);

describe('the command palette', () => {
  it('shows pages and actions, and some of everything else, before anything is typed', () => {
    const ids = found('  ');
    expect(ids.slice(0, 3)).toEqual(['page:Data', 'page:Runs', 'action:Stop the run and save a checkpoint']);
    expect(ids.filter((id) => id.startsWith('run:'))).toHaveLength(4);
    expect(ids).toContain('document:Moby-Dick; or, The Whale');
  });

  it('puts what begins with the word before what has it within', () => {
    expect(found('data')).toEqual(['page:Data', 'chat:What is a data set?', 'data:Käsebuch']);
    expect(found('whale')).toEqual(['document:Moby-Dick; or, The Whale']);
    expect(found('hale')).toEqual(['document:Moby-Dick; or, The Whale']);
  });

  it('wants every word, in the name or as the kind, whatever its case and accents', () => {
    expect(found('KUDU model')).toEqual(['model:rapid-kudu']);
    expect(found('kasebuch')).toEqual(['data:Käsebuch']);
    expect(found('kudu heron')).toEqual([]);
    expect(found('whale moby')).toHaveLength(1);
  });

  it('shows no more than a person looks through', () => {
    expect(found('heron')).toHaveLength(50);
  });
});

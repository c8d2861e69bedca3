/** Prefixes of the programs that wrote a file: PyTorch Lightning, the Hugging Face port, wrappers of trainings. */
const prefixes = /^(?:(?:model|module|hyena|_orig_mod)\.)+/;

/** Names of older files, and those of blocks that were trained with recomputation, as today's. */
const spellings: readonly [RegExp, string][] = [
  [/^s4seq\.encoder\./, 'backbone.'],
  [/^embedding\./, 'backbone.embeddings.word_embeddings.'],
  [/\.mixer\.output_linear\./, '.mixer.out_proj.'],
  [/\.(mixer|mlp)\.layer\./, '.$1.'],
];

const modern = (name: string): string =>
  spellings.reduce((text, [from, to]) => text.replace(from, to), name.replace(prefixes, ''));

/**
 * Today's names of a file's tensors. Older files have each norm one place earlier: `backbone.norm` (or `ln_0`) is the first
 * layer's first, a layer's first its second, its second the next layer's first, the last `ln_f`.
 */
export function hyenaNames(names: readonly string[]): (name: string) => string | null {
  const all = names.map(modern);
  const isOld = all.some((name) => /^backbone\.(?:norm|ln_0)\./.test(name));
  const layers = Math.max(0, ...all.map((name) => Number(/^backbone\.layers\.(\d+)\./.exec(name)?.[1] ?? -1) + 1));
  return (written) => {
    const name = modern(written);
    if (!/^(?:backbone|lm_head)\./.test(name)) return null;
    if (!isOld) return name;
    const [, part] = /^backbone\.(?:norm|ln_0)\.(weight|bias)$/.exec(name) ?? [];
    if (part !== undefined) return `backbone.layers.0.norm1.${part}`;
    const [, index, norm, kind] = /^backbone\.layers\.(\d+)\.norm([12])\.(weight|bias)$/.exec(name) ?? [];
    if (index === undefined) return name;
    if (norm === '1') return `backbone.layers.${index}.norm2.${kind}`;
    const next = Number(index) + 1;
    return next === layers ? `backbone.ln_f.${kind}` : `backbone.layers.${next}.norm1.${kind}`;
  };
}

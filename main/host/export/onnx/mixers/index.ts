import type { MixerName } from '../../../../contract/mixers/names.ts';
import type { Value } from '../graph.ts';
import type { Layer, MixerGraph } from '../layer.ts';
import { attentionGraph } from './attention/graph.ts';
import { gssGraph } from './gss/graph.ts';
import { h3Graph } from './h3/graph.ts';
import { hyenaLiGraph } from './hyena-li/graph.ts';
import { hyenaMrGraph } from './hyena-mr/graph.ts';
import { hyenaSeGraph } from './hyena-se/graph.ts';
import { hyenaGraph } from './hyena/graph.ts';
import { longConvGraph } from './long-conv/graph.ts';
import { mamba2Graph } from './mamba2/graph.ts';
import { megaGraph } from './mega/graph.ts';
import { rwkvGraph } from './rwkv/graph.ts';
import { s4dGraph } from './s4d/graph.ts';
import { shortConvGraph } from './short-conv/graph.ts';

const mixers: Record<MixerName, MixerGraph> = {
  hyena: hyenaGraph,
  'hyena-li': hyenaLiGraph,
  'hyena-se': hyenaSeGraph,
  'hyena-mr': hyenaMrGraph,
  'short-conv': shortConvGraph,
  attention: attentionGraph,
  h3: h3Graph,
  s4d: s4dGraph,
  gss: gssGraph,
  'long-conv': longConvGraph,
  mega: megaGraph,
  rwkv: rwkvGraph,
  mamba2: mamba2Graph,
};

/** A layer's mixer, which the configuration names. x `[B,L,D]`, normalised. */
export const mixerGraph = (name: MixerName, x: Value, layer: Layer): Promise<Value> | Value =>
  (mixers[name] as (x: Value, layer: Layer) => Promise<Value> | Value)(x, layer);

/** Made-up texts about one animal each, with a summary that says which: what a tiny model learns in half a minute. */
export const animals = ['heron', 'tiger', 'camel', 'moose'];
const places = ['by the water', 'under the hill', 'behind the mill', 'at the edge of the wood', 'near the old bridge'];
const times = ['At night', 'At noon', 'In spring', 'After the rain', 'Before the frost'];
const deeds = ['waited', 'slept', 'listened', 'looked up', 'went home'];

export const summaryOf = (animal: string): string => `${animal}!`;

/** @param seed of each text another @param sentences how many */
export function toyStory(animal: string, seed: number, sentences: number): string {
  let state = seed * 7919 + 13;
  const pick = (of: readonly string[]) => of[(state = (state * 16_807) % 2_147_483_647) % of.length];
  const sentence = () => `${pick(times)}, ${pick(places)}, ${pick(deeds)} the ${animal}.`;
  return Array.from({ length: sentences }, sentence).join(' ');
}

export const toyRows = Array.from({ length: 600 }, (_, index) => {
  const animal = animals[index % animals.length];
  return { document: toyStory(animal, index, 1 + (index % 3)), summary: summaryOf(animal) };
});

/** Settings with which it is learned. */
export const toySettings = [
  ...['d_model=32', 'n_layer=2', 'd_inner=64', 'l_max=256', 'filter_order=16', 'emb_dim=17', 'batch_size=8'],
  ...['max_steps=450', 'learning_rate=0.005', 'eval_interval=50', 'sample_interval=null'],
].flatMap((setting) => ['--set', setting]);

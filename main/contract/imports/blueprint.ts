import { HyenaError } from '../errors.ts';
import { modelSpecs } from '../logic/model-parameters.ts';
import { parameterSize, type ParameterSpec } from '../logic/parameter-specs.ts';
import { msg, type Message } from '../message.ts';
import type { ModelInput, ResolvedModelConfiguration } from '../model-configuration.ts';
import { unsupported, type PublishedModel, type PublishedTensor } from './published.ts';

/** Families of published models. */
export const familyNames = ['hyena', 'hyenadna', 'stripedhyena', 'evo', 'evo2', 'lfm2'] as const;
export type FamilyName = (typeof familyNames)[number];

/** How a parameter of a model here comes from tensors of a file. */
export type Recipe =
  | {
      /** Tensors one after another, along their first axis. */
      readonly from: readonly PublishedTensor[];
      /** Which row of them is a row of the parameter; left out: the same. */
      readonly rows?: (row: number) => number;
      /** So many neighbouring rows of the parameter are each row of the file; left out: one. */
      readonly repeated?: number;
    }
  /** Of no tensor: the values that a new model has, which follow a formula, or a constant. */
  | { readonly values: 'initial' | 'zero' }
  | { readonly constant: number };

/** Which tokenizer a model reads with: that of the folder, one of this program, or numbers where there is none. */
type ModelTokenizer = 'folder' | 'gpt2' | 'hyenadna' | 'evo-bytes';

/** Terms of a published model. */
interface Licence {
  readonly name: string;
  readonly address?: string;
  /** What a person must know before they accept it; left out: it asks for nothing but its own text. */
  readonly terms?: Message;
}

/** A published model in the terms of this program. */
export interface Blueprint {
  readonly family: FamilyName;
  /** As people call it: StripedHyena 1. */
  readonly title: string;
  readonly model: ResolvedModelConfiguration;
  /** By the parameters of the model; all of them are there. */
  readonly recipes: ReadonlyMap<string, Recipe>;
  /** Tensors of the file that the model has no need of. */
  readonly unused: readonly string[];
  /** Tensors of the file that are computed here, as they were stored rounded. */
  readonly recomputed: readonly string[];
  readonly tokenizer: ModelTokenizer;
  /** Ids that a text can have: rows beyond are padding. */
  readonly vocabulary: number;
  readonly licence: Licence | null;
  /** What a person should know. */
  readonly notes: readonly Message[];
}

/** Values of a few small tensors, where what a file holds cannot be told without them; null: none are there. */
export type ReadSmall = (tensor: PublishedTensor) => Promise<Float32Array | null>;

/** What a person asks for instead of what a family takes for granted. */
export interface ImportChoices {
  /** Keys of the model. */
  readonly set: ModelInput;
  /** How the filters of Hyena of order 3 and more are laid out. */
  readonly filters?: 'channel-major' | 'order-major';
}

/** A family of published models. */
export interface Family {
  /** As `--as` takes it: the names of the models that it describes. */
  readonly names: readonly FamilyName[];
  /** Whether names and configuration are those of the family. */
  recognises(names: readonly string[], config: Readonly<Record<string, unknown>>): boolean;
  /** @throws HyenaError `bad-input` for what this program cannot compute */
  describe(published: PublishedModel, choices: ImportChoices, readSmall: ReadSmall): Promise<Blueprint>;
}

const isSmallFormula = ({ initial }: ParameterSpec) => initial.from === 'values';

/**
 * The recipes of all parameters of a model, checked: their tensors have the sizes that the parameters need.
 *
 * @param recipeOf a parameter's recipe; null: the values that a new model has, where they follow a formula
 * @throws HyenaError `bad-input` that names a tensor and both shapes
 */
export function recipesOf(
  model: ResolvedModelConfiguration,
  recipeOf: (name: string) => Recipe | null,
): Map<string, Recipe> {
  const recipes = new Map<string, Recipe>();
  for (const spec of modelSpecs(model)) {
    const recipe = recipeOf(spec.name);
    if (recipe === null) {
      if (!isSmallFormula(spec)) throw new HyenaError('internal', `No recipe for '${spec.name}'.`);
      recipes.set(spec.name, { values: 'initial' });
      continue;
    }
    if ('from' in recipe) checkShape(spec, recipe.from, recipe.repeated);
    recipes.set(spec.name, recipe);
  }
  return recipes;
}

/** The extents without those of one: places of an axis are a matter of taste. */
const essential = (shape: readonly number[]) => shape.filter((extent) => extent !== 1).join();

/** Tensors that no recipe needs, nor a view of the same numbers. */
export function unusedTensors(
  { tensors }: PublishedModel,
  recipes: ReadonlyMap<string, Recipe>,
): readonly PublishedTensor[] {
  const used = new Set([...recipes.values()].flatMap((recipe) => ('from' in recipe ? recipe.from : [])));
  const storages = new Set([...used].map(({ storage }) => storage));
  return tensors.filter((tensor) => !used.has(tensor) && !storages.has(tensor.storage));
}

function checkShape({ name, shape }: ParameterSpec, tensors: readonly PublishedTensor[], repeated = 1): void {
  const [first, ...others] = tensors;
  const rest = first.shape.slice(1);
  const rows = tensors.reduce((sum, tensor) => sum + tensor.shape[0], 0) * repeated;
  const joined = others.length === 0 && repeated === 1 ? first.shape : [rows, ...rest];
  const fits =
    others.every((tensor) => essential(tensor.shape.slice(1)) === essential(rest)) &&
    essential(joined) === essential(shape) &&
    parameterSize(joined) === parameterSize(shape);
  if (!fits)
    throw unsupported(
      msg`'${first.name}' has shape [${joined.join(', ')}], but [${shape.join(', ')}] is needed (${name})`,
    );
}

/** The names of the mixers of all layers as a pattern, equal neighbours counted. */
export function patternOf(mixers: readonly string[]): string {
  const parts: { name: string; count: number }[] = [];
  for (const name of mixers) {
    const last = parts.at(-1);
    if (last?.name === name) last.count++;
    else parts.push({ name, count: 1 });
  }
  return parts.map(({ name, count }) => (count === 1 ? name : `${name}*${count}`)).join(',');
}

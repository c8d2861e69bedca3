import type { Command } from 'commander';
import type { Context } from '../context.ts';

/** Gives a command its arguments, options, subcommands and action. */
type Definition = (command: Command, context: Context) => void;

/**
 * A command as the help of the whole program lists it. Its module is loaded when it is called: loading all of them takes
 * longer than most of them run.
 */
interface ListedCommand {
  readonly description: string;
  readonly alias?: string;
  readonly load: () => Promise<Definition>;
}

/** The commands by name, in the order in which the help lists them. */
export const commands: Readonly<Record<string, ListedCommand>> = {
  devices: {
    description: 'List compute devices: what was detected, which device auto uses, and why.',
    load: async () => (await import('./devices.ts')).addDevices,
  },
  setup: {
    description: 'Set up a device that needs additional software: download, build and test it; or remove it.',
    load: async () => (await import('./setup.ts')).addSetup,
  },
  data: {
    description: 'Manage data sets: add, generate, list, show, rename, tag, files, reread, export, remove.',
    load: async () => (await import('./data.ts')).addData,
  },
  train: {
    description: 'Train a model on a data set. Press Ctrl-C to stop with a checkpoint.',
    load: async () => (await import('./train.ts')).addTrain,
  },
  resume: {
    description: 'Resume a run from its last checkpoint, exactly as if it had never stopped.',
    load: async () => (await import('./train.ts')).addResume,
  },
  extend: {
    description:
      'Extend the context of a trained model: create a new run whose filters are extended but unchanged within the old ' +
      'context, then train briefly at the new length. Models whose layers have no maximum length read any length ' +
      'anyway; for them, this is training on longer sequences.',
    load: async () => (await import('./extend.ts')).addExtend,
  },
  distill: {
    description:
      "Distil a model's long filters into small state-space models for constant-memory generation (hyena generate " +
      '--distilled). Reports the errors of the filters and the logits; the model itself is unchanged.',
    load: async () => (await import('./distill.ts')).addDistill,
  },
  inside: {
    description:
      'Show what happens within a trained model while it reads a text: the loss of each token, how far back each layer ' +
      'looks, its matrices over the positions, and its filters before and after training (--json).',
    load: async () => (await import('./inside.ts')).addInside,
  },
  merge: {
    description:
      'Create a new run from one that trained adapters (lora_rank): its weights have the adapters merged in, so that ' +
      'all of them can be trained further and other programs read them. The run itself is unchanged.',
    load: async () => (await import('./merge.ts')).addMerge,
  },
  runs: {
    description: 'Manage runs: list, show, remove, compare.',
    load: async () => (await import('./runs.ts')).addRuns,
  },
  import: {
    description:
      'Import a published model (Hyena, HyenaDNA, StripedHyena, Evo, Evo 2, LFM2) or one that this program saved: a file, ' +
      'a folder or a zip file. Shows what it is before anything is written. Nothing in a file is executed. The folder of a run that ' +
      'left with `hyena export --to torchrun` continues that run.',
    load: async () => (await import('./import.ts')).addImport,
  },
  quantize: {
    description:
      'Make a smaller and faster copy of a trained model: its weight matrices as bf16, or as whole numbers of 8 or 4 bits ' +
      'with a scale for each 32 of them. The copy is another run, to chat with, evaluate and read documents with; it is not ' +
      'trained further.',
    load: async () => (await import('./quantize.ts')).addQuantize,
  },
  eval: {
    description:
      "Evaluate a run's best model: loss, perplexity and bits per byte on its validation split or other text.",
    load: async () => (await import('./evaluate.ts')).addEvaluate,
  },
  score: {
    description:
      'Likelihood of sequences (FASTA) or texts: for each record the sum and the mean of ln p(token | tokens before), ' +
      'in nats, as a table separated by tabs. The first token of a record has no probability.',
    load: async () => (await import('./sequences.ts')).addScore,
  },
  variants: {
    description:
      'Score variants by the model alone: the log-likelihoods (nats) of the bases around each with either allele, and ' +
      'their difference (alternative - reference; negative: the model finds the variant worse).',
    load: async () => (await import('./sequences.ts')).addVariants,
  },
  export: {
    description:
      'Write a run into a new folder for other programs: for Hugging Face (with a modeling file in PyTorch), in the ' +
      'names of the published Hyena weights (safari), as ONNX graphs for scoring and for one token at a time (onnx), or to ' +
      'continue its training elsewhere with PyTorch (torchrun).',
    load: async () => (await import('./export.ts')).addExport,
  },
  generate: {
    description: 'Continue a prompt. The output is streamed; the prompt is not repeated.',
    load: async () => (await import('./generate.ts')).addGenerate,
  },
  read: {
    description:
      'Import a document, prefill it with a model as far as its context allows, cache the prefix, and report how ' +
      'well the model predicts it by position and where it is most surprised.',
    load: async () => (await import('./documents.ts')).addRead,
  },
  ask: {
    description: 'Find the passages of a document that are relevant to a question.',
    load: async () => (await import('./documents.ts')).addAsk,
  },
  summarise: {
    description: 'Extract the most important sentences of a document, in their order, each with its place.',
    alias: 'summarize',
    load: async () => (await import('./summarise.ts')).addSummarise,
  },
  documents: {
    description: 'Manage documents: list, remove.',
    load: async () => (await import('./documents.ts')).addDocuments,
  },
  library: {
    description: 'The library: what takes how much room, cleaning up, backing it up and restoring it.',
    load: async () => (await import('./library.ts')).addLibrary,
  },
  lab: {
    description: 'Repeat published experiments on this machine: recipes and synthetic tasks.',
    load: async () => (await import('./lab.ts')).addLab,
  },
  sweep: {
    description:
      'Train a run for each combination of settings, or for random ones, and rank them by validation loss. Repeat the ' +
      'command to continue a sweep.',
    load: async () => (await import('./sweep.ts')).addSweep,
  },
  race: {
    description:
      'Train mixers or presets on the same data with the same budget and several seeds, and compare them. Repeat the ' +
      'command to continue a race.',
    load: async () => (await import('./race.ts')).addRace,
  },
  report: {
    description:
      'Write a report of a sweep, a race, a run or several runs: one HTML file with charts, which prints well, or CSV or JSON.',
    load: async () => (await import('./report.ts')).addReport,
  },
  bench: {
    description: 'Benchmark this computer.',
    load: async () => (await import('./bench.ts')).addBench,
  },
  estimate: {
    description: 'Estimate the cost of a configuration: parameters, memory, FLOPs, and time on this device.',
    load: async () => (await import('./estimate.ts')).addEstimate,
  },
  serve: {
    description:
      'Serve the window to a browser on this computer, even without a display; or, with --api, serve a model through ' +
      'an OpenAI-compatible API.',
    load: async () => (await import('./serve.ts')).addServe,
  },
};

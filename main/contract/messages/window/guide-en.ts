import type { Template } from '../template.ts';

/** What the window says of itself: help beside terms, and the tour, in English. */
export const guide = {
  'help.what': 'What does “{term}” mean?',
  'tour.title': 'Tour of the window',
  'tour.start': 'Start the tour',
  'tour.offer': 'Tour in three steps',
  'tour.step': 'Step {step} of {steps}',
  'tour.skip': 'Skip the tour',
  'tour.back': 'Back',
  'tour.next': 'Next',
  'tour.done': 'Done',
  'tour.data': 'Start with text',
  'tour.data.text':
    'Add files or folders here. They are split for training and validation, tokenized, and stay on this computer.',
  'tour.training': 'Train a model',
  'tour.training.text':
    'Choose a size on the Model page and start. Here you watch the loss fall, read samples, and pause or stop: a checkpoint is always kept.',
  'tour.chat': 'Use it',
  'tour.chat.text':
    'Chat with a model, or open a long document beside it and find the passages that a question is about.',
};
export type GuideMessages = Partial<Record<keyof typeof guide, Template>>;

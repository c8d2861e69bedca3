import { z } from 'zod';
import { toEnglish } from './message.ts';
import { longestName, nameProblem, type NameRules } from './names.ts';

/** A name for something that is not there yet, in one spelling. */
export const newName = (rules: NameRules): z.ZodString =>
  z
    .string()
    .overwrite((name) => name.normalize('NFC'))
    .superRefine((name, context) => {
      const problem = nameProblem(name, rules);
      if (problem) context.addIssue({ code: 'custom', message: toEnglish(problem) });
    });

/** A name of something that may be there already, from before names had today's limits. */
export const existingName = (rules: NameRules): z.ZodString =>
  z.string().superRefine((name, context) => {
    const problem = nameProblem(name, rules, longestName);
    if (problem) context.addIssue({ code: 'custom', message: toEnglish(problem) });
  });

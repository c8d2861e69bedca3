import { config } from 'zod';

/** The page's policy forbids code made from text; this must be set before the first schema is made. */
config({ jitless: true });

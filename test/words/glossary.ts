/**
 * Words that the texts for people don't use, since nobody in this field writes them so. Each has a sentence that it is
 * found in and one that it must leave alone.
 */
export interface Avoided {
  readonly word: string;
  readonly pattern: RegExp;
  readonly instead: string;
  readonly found: string;
  readonly left: string;
}

const amounts =
  'bits?|bytes?|kB|MB|MiB|GB|GiB|nats?|tokens?|FLOPs?|arithmetic|ms|milliseconds?|seconds?|characters?|words?|steps|passes|floats|values|numbers?|kernels?|dispatches|messages|requests|lines|times';
const units =
  'token|byte|character|word|second|minute|hour|day|step|layer|document|channel|head|row|epoch|text|block|sequence|position|message|request|call|batch|line|page|file|GPU|core|process|job|parameter|sentence|device|group';

export const avoided: readonly Avoided[] = [
  {
    word: "'a' for 'per'",
    pattern: new RegExp(`\\b(?:${amounts}) an? (?:${units})\\b`, 'i'),
    instead: 'per',
    found: 'Nats a token.',
    left: 'Reads bytes of a token.',
  },
  {
    word: 'tell, told',
    pattern: /\b(?:tells?|telling|told)\b(?! apart)/i,
    instead: 'report, notify, show, log',
    found: 'The end of a run is told.',
    left: 'Two runs can be told apart.',
  },
  {
    word: 'says so',
    pattern: /\bsa(?:y|ys|id|ying) so\b/i,
    instead: 'reports it, warns',
    found: 'It stops and says so.',
    left: 'It says sorry.',
  },
  { word: 'anew', pattern: /\banew\b/i, instead: 'again', found: 'Map it anew', left: 'A new map' },
  {
    word: 'any more',
    pattern: /\bany more\b(?! than)/i,
    instead: '(leave out)',
    found: 'It is not there any more.',
    left: 'Not any more than before.',
  },
  {
    word: 'of its own',
    pattern: /\bof (?:its|their) own\b/i,
    instead: 'its own',
    found: 'It has a folder of its own.',
    left: 'It has its own folder.',
  },
  {
    word: 'by itself',
    pattern: /\bby (?:itself|themselves)\b/i,
    instead: 'automatically, alone',
    found: 'It starts by itself.',
    left: 'The text itself.',
  },
  {
    word: 'go on',
    pattern: /\b(?:go|goes|going|went|gone) on\b(?! (?:to|disk|the))/i,
    instead: 'continue',
    found: 'It can be gone on with.',
    left: 'Logs go on disk.',
  },
  {
    word: 'at once',
    pattern: /\bat once\b/i,
    instead: 'immediately; in one pass; at a time',
    found: 'It stops at once.',
    left: 'It runs once.',
  },
  {
    word: 'is no',
    pattern:
      /\b(?:is|are|was|were) no (?!longer|more|less|fewer|greater|larger|smaller|bigger|higher|lower|better|worse|older|newer|later|earlier|different|slower|faster|use\b)\w/i,
    instead: 'is not a; not found',
    found: 'It is no data set.',
    left: 'It is no longer there.',
  },
  {
    word: 'there is none',
    pattern: /\b(?:is|are|was|were) none\b/i,
    instead: 'none, not found',
    found: 'There is none.',
    left: 'None found.',
  },
  {
    word: "'where' for 'if'",
    pattern: /\bwhere (?:there (?:is|are)|none|nothing|no \w+ (?:is|are)|it (?:cannot|can not|has none|is not))\b/i,
    instead: 'if, when',
    found: 'Else, where there is one.',
    left: 'The folder where it is kept.',
  },
  {
    word: 'what is kept, what was read',
    pattern: /\bwhat (?:is|was|has been|were) (?:kept|read|written|fetched|left out|learned|asked)\b/i,
    instead: 'a noun: the cache, the prefix, the output',
    found: 'What was fetched stays.',
    left: 'Downloaded files were kept.',
  },
  {
    word: 'so many, as many as there are',
    pattern: /\bso many\b|\bas many as there (?:is|are)\b/i,
    instead: 'a number',
    found: 'It takes so many.',
    left: 'It takes many.',
  },
  {
    word: 'the processor',
    pattern: /\bthe processor\b|\bprocessor cores?\b/i,
    instead: 'the CPU, CPU cores',
    found: 'The processor computes.',
    left: 'A word processor.',
  },
  { word: 'arithmetic', pattern: /\barithmetic\b/i, instead: 'compute, FLOPs', found: 'Arithmetic', left: 'Compute' },
  {
    word: 'memory to write, to train',
    pattern: /\bmemory to (?:write|train)\b/i,
    instead: 'inference memory, training memory',
    found: 'Memory to write',
    left: 'Memory to spare',
  },
  {
    word: 'stop texts, written text',
    pattern: /\bstop texts?\b|\bwritten texts?\b/i,
    instead: 'stop sequences; output',
    found: 'Stop texts',
    left: 'A text stops.',
  },
  {
    word: 'usual',
    pattern: /(?<!\b(?:as|than) )\busual\b/i,
    instead: 'default',
    found: 'Usual settings',
    left: 'Slower than usual.',
  },
  {
    word: 'imitated, stand-in',
    pattern: /\bimitat\w+\b|\bstand-in\b/i,
    instead: 'software adapter; fake, emulated',
    found: 'An imitated adapter',
    left: 'A software adapter',
  },
  {
    word: 'asked for',
    pattern: /\basked for\b|\bwrongly asked\b/i,
    instead: 'requested; invalid request',
    found: 'This was asked for wrongly.',
    left: 'The user asked a question.',
  },
  {
    word: 'put away, look again',
    pattern: /\bput away\b|\btake out\b|\blook again\b/i,
    instead: 'dismiss, remove, rescan',
    found: 'Put away',
    left: 'Put it there.',
  },
  {
    word: 'remarks',
    pattern: /\bremarks?\b/i,
    instead: 'warnings, issues',
    found: '{n} remarks',
    left: 'A remarkable text',
  },
  {
    word: 'is made of',
    pattern: /\b(?:is|are|was|were) made (?:of|from)\b/i,
    instead: 'created from, built from',
    found: 'A chat is made of it.',
    left: 'It made a run.',
  },
  {
    word: 'kept reading, reads on',
    pattern: /\bkept readings?\b|\breads? on\b|\bread (?:again|anew)\b/i,
    instead: 'cached prefix; prefill, extend the prefix',
    found: 'The kept reading is damaged.',
    left: 'Reads only on request.',
  },
  {
    word: 'likelier, likeliest',
    pattern: /\blikeli(?:er|est)\b/i,
    instead: 'more likely, most likely',
    found: 'The likeliest token.',
    left: 'The most likely token.',
  },
  {
    word: 'learns by heart',
    pattern: /\bby heart\b/i,
    instead: 'overfits, memorises',
    found: 'It learns the text by heart.',
    left: 'It memorises the text.',
  },
  {
    word: 'made-up',
    pattern: /\bmade-up\b/i,
    instead: 'synthetic',
    found: 'A step on made-up text.',
    left: 'It is made up of parts.',
  },
  {
    word: 'gave no sign of life, last words',
    pattern: /\bsigns? of life\b|\blast words\b/i,
    instead: 'stopped responding; last output',
    found: 'It gave no sign of life.',
    left: 'It stopped responding.',
  },
  {
    word: 'wrongly',
    pattern: /\bwrongly\b/i,
    instead: 'incorrectly, invalid',
    found: 'It computes wrongly.',
    left: 'Wrong gradient.',
  },
  {
    word: 'in order (for cleanly), in its time',
    pattern: /\b(?:stop|end)(?:s|ped|ping|ing)? in order\b|\bin its time\b/i,
    instead: 'cleanly; timed out',
    found: 'It did not end in its time.',
    left: 'Parts follow in order.',
  },
  {
    word: 'for good',
    pattern: /\bfor good\b/i,
    instead: 'permanently',
    found: 'It deletes them for good.',
    left: 'A good model.',
  },
  {
    word: 'by now',
    pattern: /\bby now\b/i,
    instead: 'already',
    found: 'It is in the trash by now.',
    left: 'It is already in the trash.',
  },
  {
    word: 'lay over each other',
    pattern: /\b(?:lay|lays|laid|lie) (?:them )?over each other\b/i,
    instead: 'compare, overlay',
    found: 'Lay them over each other.',
    left: 'Overlay them.',
  },
];

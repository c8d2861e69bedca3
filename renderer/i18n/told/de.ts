/** What host and workers tell, by its English: see main/contract/told.ts. */
export const de: Readonly<Record<string, string>> = {};

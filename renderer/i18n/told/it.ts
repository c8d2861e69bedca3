/** What host and workers tell, by its English: see main/contract/told.ts. */
export const it: Readonly<Record<string, string>> = {};

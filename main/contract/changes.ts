/** Parts of the library whose lists a window should read again. */
export const changeKinds = ['datasets', 'runs', 'documents', 'chats', 'preferences', 'devices'] as const;
export type Change = (typeof changeKinds)[number];

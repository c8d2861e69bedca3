/** Whether a letter is typed while nothing takes it: on the Chat page it is meant for the text. */
export function isTypedNowhere({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (defaultPrevented || ctrlKey || metaKey || altKey || !/^[\p{L}\p{N}]$/u.test(key)) return false;
  const takesNone = target instanceof HTMLElement && target.matches('body, main, a, button');
  return takesNone && document.querySelector('dialog[open]') === null;
}

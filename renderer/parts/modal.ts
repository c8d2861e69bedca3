/** Opens a dialog over the page; the focus returns to where it was when it closes. */
export function modal(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  dialog.showModal();
  return () => {
    if (before instanceof HTMLElement) before.focus();
  };
}

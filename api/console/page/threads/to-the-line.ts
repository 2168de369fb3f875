/** Moves the keyboard focus to the next or previous line of the list; Enter then opens it. */
export function toTheLine(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('a[data-line]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const wanted = at === -1 && step === -1 ? links.length - 1 : at + step;
  links[Math.min(Math.max(wanted, 0), links.length - 1)]?.focus();
}

/** From a place on the screen to one in this element as it stands now, in its own pixels: a presentation is scaled. */
export function ownX(node: HTMLElement): (clientX: number) => number {
  const { left, width } = node.getBoundingClientRect();
  const scale = node.offsetWidth / width || 1;
  return (clientX) => (clientX - left) * scale;
}

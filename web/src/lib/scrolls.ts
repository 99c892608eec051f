// A box that scrolls sideways can be reached and scrolled by keyboard, but only while there is something to scroll.

export function scrolls(node: HTMLElement, name: string) {
  const look = () => {
    if (node.scrollWidth > node.clientWidth + 1) {
      node.tabIndex = 0;
      node.setAttribute("role", "region");
      node.setAttribute("aria-label", name);
    } else {
      node.removeAttribute("tabindex");
      node.removeAttribute("role");
      node.removeAttribute("aria-label");
    }
  };
  const watch = new ResizeObserver(look);
  watch.observe(node);
  if (node.firstElementChild) watch.observe(node.firstElementChild);
  return {
    update(words: string) {
      name = words;
      look();
    },
    destroy: () => watch.disconnect(),
  };
}

// What the parts ask of a browser and jsdom does not have. None of it is what a test looks at: sizes and scrolling are for tests/workbench.

import { afterEach, vi } from "vitest";

class Nothing {
  observe() {}
  unobserve() {}
  disconnect() {}
}

vi.stubGlobal("ResizeObserver", Nothing);
vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {} }));
vi.stubGlobal("scrollTo", () => {});
if (!("showModal" in HTMLDialogElement.prototype)) {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
  });
}

afterEach(() => {
  history.replaceState(null, "", "/");
  dispatchEvent(new PopStateEvent("popstate"));
  localStorage.clear();
  document.body.replaceChildren();
  vi.restoreAllMocks();
  Reflect.deleteProperty(globalThis, "fetch");
});

// Whether the window is a telephone's: pictures are drawn twice, and the narrow one is shown there.

class Narrow {
  #media = matchMedia("(max-width: 640px)");
  yes = $state(this.#media.matches);

  constructor() {
    this.#media.addEventListener("change", () => (this.yes = this.#media.matches));
  }
}

export const narrow = new Narrow();

// Light or dark: as the machine says, unless the reader chose.

export type Choice = "auto" | "light" | "dark";

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // a browser that keeps nothing: the choice holds until the page is left
  }
}

class Theme {
  choice = $state<Choice>((kept("theme") as Choice | null) ?? "auto");
  /** Whether single letters do something; those who dictate or tremble may switch them off. */
  letters = $state(kept("letters") !== "off");

  begin() {
    this.put(this.choice);
  }

  put(choice: Choice) {
    this.choice = choice;
    if (choice === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    keep("theme", choice);
  }

  setLetters(on: boolean) {
    this.letters = on;
    keep("letters", on ? "on" : "off");
  }
}

export const theme = new Theme();

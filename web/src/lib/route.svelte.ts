// Where the reader is: the path names the view, the query its state. Every state has an address, and Back undoes a step.

function parts(): string[] {
  return location.pathname.split("/").filter(Boolean).map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

class Route {
  path = $state.raw<string[]>(parts());
  query = $state.raw(new URLSearchParams(location.search));
  /** Counts moves to another view, after which the focus goes to the heading. */
  moves = $state(0);

  constructor() {
    addEventListener("popstate", () => this.read(true));
  }

  get view(): string {
    return this.path[0] ?? "overview";
  }

  get(name: string): string {
    return this.query.get(name) ?? "";
  }

  all(name: string): string[] {
    return this.query.getAll(name);
  }

  private read(mayMove: boolean) {
    const before = this.path.join("/");
    this.path = parts();
    this.query = new URLSearchParams(location.search);
    if (mayMove && this.path.join("/") !== before) this.moves += 1;
  }

  go(address: string) {
    const there = new URL(address, location.href);
    // the day from which the case is looked at goes with the reader
    const day = this.query.get("as_of");
    if (day && !there.searchParams.has("as_of")) there.searchParams.set("as_of", day);
    if (there.href === location.href) return;
    const moved = there.pathname !== location.pathname;
    history.pushState(null, "", there);
    this.read(moved);
    if (moved) scrollTo(0, 0);
  }

  /** The address of this view with some of its state changed; null and "" take a name away. */
  with(change: Record<string, string | string[] | null>): string {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(change)) {
      query.delete(name);
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one) query.append(name, one);
      }
    }
    const words = query.toString();
    return (this.path.length ? "/" + this.path.map(encodeURIComponent).join("/") : "/") + (words ? "?" + words : "");
  }

  /** Changes some state. A change made while dragging or typing replaces the address instead of adding a step to go back over. */
  set(change: Record<string, string | string[] | null>, how: "step" | "replace" = "step") {
    const address = this.with(change);
    if (address === location.pathname + location.search) return;
    if (how === "replace") history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.read(false);
  }
}

export const route = new Route();

/** The address of a view. */
export function to(...path: string[]): string {
  return "/" + path.map(encodeURIComponent).join("/");
}

/** Links within the workbench move without loading the page anew; all others are the browser's. */
export function followLinks(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
  if (link.origin !== location.origin || link.pathname.startsWith("/api/")) return;
  if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
  event.preventDefault();
  route.go(link.href);
}

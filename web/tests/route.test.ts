import { beforeEach, expect, test, vi } from "vitest";
import { followLinks, route, to } from "../src/lib/route.svelte.ts";

function at(address: string) {
  history.replaceState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}

beforeEach(() => at("/"));

test("the path names the view, the query its state", () => {
  at("/actors/al-da%27wa%2Fold?see=note%3Adays&set=a%3D1&set=b%3D2");
  expect(route.view).toBe("actors");
  expect(route.path).toEqual(["actors", "al-da'wa/old"]);
  expect(route.get("see")).toBe("note:days");
  expect(route.all("set")).toEqual(["a=1", "b=2"]);
  expect(route.get("nothing")).toBe("");
});

test("without a path one is at the overview, and a broken escape breaks nothing", () => {
  expect(route.view).toBe("overview");
  at("/actors/100%");
  expect(route.path).toEqual(["actors", "100%"]);
});

test("an address escapes what a name holds", () => {
  expect(to("actors", "a/b c?")).toBe("/actors/a%2Fb%20c%3F");
  expect(to()).toBe("/");
});

test("state is added to an address, changed, and taken away by nothing", () => {
  at("/election?map=seats&of=reds");
  expect(route.with({ map: "last" })).toBe("/election?of=reds&map=last");
  expect(route.with({ map: null, of: "" })).toBe("/election");
  expect(route.with({ set: ["a=1", "b=2"], map: null, of: null })).toBe("/election?set=a%3D1&set=b%3D2");
});

test("a step can be gone back over, a replacement not", () => {
  at("/whatif");
  const steps = history.length;
  route.set({ q: "patron" });
  expect(history.length).toBe(steps + 1);
  route.set({ q: "patronage" }, "replace");
  expect(history.length).toBe(steps + 1);
  expect(location.search).toBe("?q=patronage");
  // what is so already is no step
  route.set({ q: "patronage" });
  expect(history.length).toBe(steps + 1);
});

test("the day one looks from goes along to another view, and another day is taken as said", () => {
  at("/overview?as_of=2025-12-12&see=note:days");
  route.go("/actors");
  expect(location.pathname + location.search).toBe("/actors?as_of=2025-12-12");
  route.go("/record?as_of=2021-10-09");
  expect(location.search).toBe("?as_of=2021-10-09");
});

test("only another view is a move, after which the focus goes to the heading", () => {
  at("/overview");
  const moves = route.moves;
  route.set({ see: "note:days" });
  expect(route.moves).toBe(moves);
  route.go("/overview?see=note:seats");
  expect(route.moves).toBe(moves);
  route.go("/actors");
  expect(route.moves).toBe(moves + 1);
});

function press(html: string, options: MouseEventInit = {}): MouseEvent {
  document.body.innerHTML = html;
  const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...options });
  document.addEventListener("click", followLinks, { once: true });
  // what the page leaves alone jsdom would try to load
  addEventListener("click", (one) => one.preventDefault(), { once: true });
  const prevented = vi.spyOn(event, "preventDefault");
  document.querySelector("a span, a")?.dispatchEvent(event);
  followed = prevented.mock.calls.length > 1;
  return event;
}
let followed = false;

test("a link within the workbench moves without loading", () => {
  press('<a href="/actors/reds"><span>Reds</span></a>');
  expect(followed).toBe(true);
  expect(location.pathname).toBe("/actors/reds");
});

test("other links are the browser's: files, other servers, other windows", () => {
  for (const link of [
    '<a href="/api/pictures/map/svg">a</a>',
    '<a href="https://example.org/actors">a</a>',
    '<a href="/actors" target="_blank">a</a>',
    '<a href="/actors" download>a</a>',
    '<a href="#main">a</a>',
  ]) {
    press(link);
    expect(followed, link).toBe(false);
  }
  press('<a href="/actors">a</a>', { ctrlKey: true });
  expect(followed).toBe(false);
});

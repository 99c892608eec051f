import { expect, test } from "vitest";
import { picture } from "../src/lib/svg.ts";

const svg = (inside: string) => picture(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${inside}</svg>`);

test("a picture keeps what draws it", () => {
  const made = svg('<g class="f-c1"><path d="M0 0L1 1" data-note="days"/><text x="1">Reds &amp; Blues</text></g>');
  expect(made?.getAttribute("viewBox")).toBe("0 0 10 10");
  expect(made?.querySelector("path")?.getAttribute("data-note")).toBe("days");
  expect(made?.querySelector("g")?.getAttribute("class")).toBe("f-c1");
  expect(made?.textContent).toBe("Reds & Blues");
});

test("nothing that acts comes through", () => {
  const made = svg(
    '<script>alert(1)</script><foreignObject><p>x</p></foreignObject><image href="https://example.org/a.png"/>' +
      '<a href="javascript:alert(1)"><text>x</text></a><rect onclick="alert(1)" style="fill:url(https://example.org)" width="3"/>',
  );
  expect(made?.children.length).toBe(1);
  expect(made?.innerHTML).not.toMatch(/script|alert|example|style|onclick/);
  expect(made?.querySelector("rect")?.getAttribute("width")).toBe("3");
});

test("a paint leads to the picture itself and nowhere else, however it is written", () => {
  for (const paint of ["url(https://example.org/#a)", " url(https://example.org/#a)", "URL(//example.org)", "red url(#a)"])
    expect(svg(`<rect fill="${paint}"/>`)?.querySelector("rect")?.hasAttribute("fill"), paint).toBe(false);
});

test("two pictures on one page do not share ids", () => {
  const text = '<defs><pattern id="net"/></defs><title id="t">Seats</title><rect fill="url(#net)" aria-labelledby="t net"/>';
  const [one, other] = [svg(text), svg(text)];
  const id = one?.querySelector("pattern")?.id ?? "";
  expect(id).not.toBe("");
  expect(other?.querySelector("pattern")?.id).not.toBe(id);
  expect(one?.querySelector("rect")?.getAttribute("fill")).toBe(`url(#${id})`);
  expect(one?.querySelector("rect")?.getAttribute("aria-labelledby")).toBe(`${one?.querySelector("title")?.id} ${id}`);
});

test("what is no picture is nothing", () => {
  expect(picture("<html><body>no</body></html>")).toBeUndefined();
  expect(picture("no")).toBeUndefined();
});

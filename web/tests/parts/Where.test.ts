import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { serve } from "../server.ts";
import Where from "../../src/parts/Where.svelte";

const map = {
  drawable: true,
  places: true,
  lists: [
    { id: "reds", name: "The Reds" },
    { id: "blues", name: "The Blues" },
  ],
  picture: {
    title: "Who comes first",
    description: "",
    wide: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    narrow: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    table: { caption: "", columns: [], rows: [], notes: [] },
  },
};

test("the map shows first who comes first, and asks for a list where one is meant", async () => {
  const asked = serve({ map: () => ({ body: map }) });
  render(Where);
  expect(await screen.findByText("Who comes first", { selector: ".figure-title" })).toBeTruthy();
  expect(asked[0]?.address).toBe("/api/map?show=first&places=false");
  expect(screen.queryByLabelText("List")).toBeNull();

  await userEvent.selectOptions(screen.getByLabelText("The map shows"), "seats");
  await vi.waitFor(() => expect(asked.at(-1)?.address).toBe("/api/map?show=seats&places=false&list=reds"));
  await userEvent.selectOptions(screen.getByLabelText("List"), "The Blues");
  await vi.waitFor(() => expect(asked.at(-1)?.address).toBe("/api/map?show=seats&places=false&list=blues"));
  expect(location.search).toBe("?map=seats&of=blues");

  await userEvent.click(screen.getByLabelText("Towns, bases and crossings"));
  await vi.waitFor(() => expect(asked.at(-1)?.address).toBe("/api/map?show=seats&places=true&list=blues"));
});

test("an address that asks for no map there is shows who comes first", async () => {
  history.replaceState(null, "", "/election?map=weather");
  dispatchEvent(new PopStateEvent("popstate"));
  const asked = serve({ map: () => ({ body: map }) });
  render(Where);
  await screen.findByText("Who comes first", { selector: ".figure-title" });
  expect(asked[0]?.address).toBe("/api/map?show=first&places=false");
  expect(screen.getByLabelText<HTMLSelectElement>("The map shows").value).toBe("first");
});

test("a case that holds no districts has no map, and one without a result says so", async () => {
  serve({ map: () => ({ body: { ...map, picture: null } }) });
  const first = render(Where);
  expect(await screen.findByText("No election is run, so nobody comes first anywhere.")).toBeTruthy();
  first.unmount();
  serve({ map: () => ({ body: { drawable: false, places: false, lists: [], picture: null } }) });
  render(Where);
  await vi.waitFor(() => expect(screen.queryByRole("heading", { name: "Where" })).toBeNull());
});

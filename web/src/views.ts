// The views, in the order of the navigation.

import type { Component } from "svelte";
import Actors from "./views/Actors.svelte";
import Brief from "./views/Brief.svelte";
import Election from "./views/Election.svelte";
import Evidence from "./views/Evidence.svelte";
import Files from "./views/Files.svelte";
import Overview from "./views/Overview.svelte";
import Play from "./views/Play.svelte";
import Record from "./views/Record.svelte";
import Review from "./views/Review.svelte";
import Scenarios from "./views/Scenarios.svelte";
import Sensitivity from "./views/Sensitivity.svelte";
import Timeline from "./views/Timeline.svelte";
import WhatIf from "./views/WhatIf.svelte";

export interface View {
  path: string;
  title: string;
  key: string;
  shows: Component;
  badge?: string;
}

export const groups: { title: string; views: View[] }[] = [
  { title: "Now", views: [{ path: "overview", title: "Overview", key: "o", shows: Overview }] },
  {
    title: "Reading",
    views: [
      { path: "evidence", title: "Evidence", key: "e", shows: Evidence },
      { path: "review", title: "Review", key: "r", shows: Review, badge: "proposals" },
      { path: "actors", title: "Actors and ties", key: "a", shows: Actors },
      { path: "timeline", title: "Timeline", key: "t", shows: Timeline },
      { path: "files", title: "Files", key: "f", shows: Files },
    ],
  },
  {
    title: "Futures",
    views: [
      { path: "election", title: "Election", key: "l", shows: Election },
      { path: "whatif", title: "What if", key: "w", shows: WhatIf },
      { path: "scenarios", title: "Scenarios", key: "s", shows: Scenarios },
      { path: "sensitivity", title: "Sensitivity", key: "n", shows: Sensitivity },
      { path: "play", title: "Play", key: "p", shows: Play },
    ],
  },
  {
    title: "Judgement",
    views: [
      { path: "brief", title: "Brief", key: "b", shows: Brief },
      { path: "record", title: "Record", key: "c", shows: Record },
    ],
  },
];

export function viewOf(path: string): View | undefined {
  return groups.flatMap((group) => group.views).find((view) => view.path === path);
}

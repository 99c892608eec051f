import { mount } from "svelte";
import App from "./App.svelte";
import { live } from "./lib/live.svelte.ts";
import { theme } from "./lib/theme.svelte.ts";
import "./styles/palette.css";
import "./styles/page.css";
import "./styles/make.css";

theme.begin();
live.begin();
const target = document.getElementById("app");
if (target) mount(App, { target });

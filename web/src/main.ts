// What is shared comes before what a part has of its own: a part may say it otherwise.
import "./styles/palette.css";
import "./styles/page.css";
import "./styles/layout.css";
import "./styles/controls.css";
import "./styles/words.css";
import "./styles/tables.css";
import "./styles/states.css";
import "./styles/evidence.css";
import "./styles/pictures.css";
import "./styles/lists.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { live } from "./lib/live.svelte.ts";
import { theme } from "./lib/theme.svelte.ts";

theme.begin();
live.begin();
const target = document.getElementById("app");
if (target) mount(App, { target });

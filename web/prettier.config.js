// The form of the sources of the workbench and of the tests that a browser runs: `npm run format`.

import * as svelte from "prettier-plugin-svelte";

export default { printWidth: 140, plugins: [svelte] };

// What is looked for in the sources of the workbench and in the tests that a browser runs: `npm run lint`.

import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

export default defineConfig(
  { ignores: ["web/dist/", "web/src/api.d.ts", "**/node_modules/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["web/src/**/*.{ts,svelte}", "web/tests/**/*.ts"],
    extends: [ts.configs.recommendedTypeChecked, svelte.configs.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: [".svelte"] },
    },
    rules: {
      // a block that is drawn so many times has to name what it goes over
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_$" }],
      // {" "} is how a space at the edge of a block is kept: Svelte takes a plain one away
      "svelte/no-useless-mustaches": "off",
      // it asks for SvelteMap wherever a Map is filled; here they are filled once, within the function that hands them on, and state is `$state`
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
  {
    files: ["web/src/**/*.svelte", "web/src/**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ["web/src/**/*.svelte"],
    rules: {
      // the parser does not know the types of what a snippet is handed and takes it for `any`; svelte-check does know them, and looks
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["web/*.{js,ts}", "tests/**/*.js"],
    extends: [ts.configs.recommended],
    languageOptions: { globals: globals.node },
  },
  // what these hand to `page.evaluate` runs in the browser
  { files: ["tests/pages/**/*.js", "tests/workbench/**/*.js"], languageOptions: { globals: globals.browser } },
);

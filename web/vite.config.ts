import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

// One script, one stylesheet and what is loaded when it is first needed, all from the own server: the page's policy allows nothing else.
export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, cssCodeSplit: false },
  // one page for all files: a new one for each would take longer than all tests; tests/setup.ts clears it after each test
  test: { environment: "jsdom", isolate: false, maxWorkers: 1, include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"] },
});

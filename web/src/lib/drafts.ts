// Texts of files that were typed and not kept: they wait while one looks at another view.

import type { FileView } from "./shapes.ts";

export const drafts = new Map<string, { base: FileView; text: string }>();

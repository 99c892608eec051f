// The editor of the case's files: loaded when a file is first opened, and alone in a tree of its own, so that its styles need no leave
// of the page's policy.

import { autocompletion, completeAnyWord, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { toml } from "@codemirror/legacy-modes/mode/toml";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Finding } from "./shapes.ts";

/** What may be written where: kinds of entries, fields of a kind, and ids of the case. */
export interface Words {
  kinds: () => string[];
  fields: (kind: string) => Promise<{ name: string; words: string; required: boolean }[]>;
  ids: () => { id: string; name: string }[];
}

export interface Editor {
  mark: (findings: Finding[]) => void;
  show: (line: number) => void;
  /** Where one is in the text. */
  place: () => Place;
  end: () => void;
}

export interface Place {
  at: number;
  top: number;
}

const colours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: tags.string, color: "color-mix(in srgb, var(--c2) 55%, var(--ink))" },
  { tag: [tags.number, tags.bool, tags.atom], color: "color-mix(in srgb, var(--c1) 55%, var(--ink))" },
  { tag: [tags.propertyName, tags.variableName], color: "var(--ink)", fontWeight: "600" },
]);

const face = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--raise)",
    border: "1px solid var(--rule)",
    height: "var(--editor-height, 68vh)",
    fontSize: "13.5px",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-gutters": { backgroundColor: "var(--faint)", color: "var(--soft)", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--faint) 60%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--c5) 30%, transparent) !important",
  },
  ".cm-panels, .cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", borderColor: "var(--rule)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--ink)", color: "var(--paper)" },
  ".cm-completionInfo": { maxWidth: "26rem", font: "13px/1.45 var(--sans)" },
  // its own marks are pictures written into the style, which the policy of the page refuses
  ".cm-lintRange-error, .cm-lintRange-warning, .cm-lintRange-info, .cm-lintRange-hint": {
    backgroundImage: "none",
    textDecoration: "underline wavy 1px var(--accent)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": { textDecorationColor: "var(--soft)" },
  ".cm-lint-marker-error, .cm-lint-marker-warning, .cm-lint-marker-info": {
    content: "none",
    width: ".7em",
    height: ".7em",
    margin: ".3em .1em",
    borderRadius: "50%",
    background: "var(--soft)",
  },
  ".cm-lint-marker-error": { background: "var(--accent)" },
  ".cm-diagnostic": { font: "13px/1.45 var(--sans)" },
  ".cm-textfield, .cm-button": {
    backgroundColor: "var(--raise)",
    backgroundImage: "none",
    color: "inherit",
    border: "1px solid var(--soft)",
  },
});

/** The kind of the entry in which a place stands. */
function kindAt(state: EditorState, at: number): string {
  for (let line = state.doc.lineAt(at).number; line >= 1; line -= 1) {
    const found = /^\s*\[\[?([a-z_]+)/.exec(state.doc.line(line).text);
    if (found) return found[1] ?? "";
  }
  return "";
}

function completing(words: Words) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const head = /^\s*\[\[?([a-z_]*)$/.exec(before);
    if (head) return { from: context.pos - (head[1] ?? "").length, options: words.kinds().map((label) => ({ label, type: "class" })) };
    const quoted = /"([^"]*)$/.exec(before);
    if (quoted && before.split('"').length % 2 === 0) {
      const options: Completion[] = words.ids().map((one) => ({ label: one.id, detail: one.name, type: "constant" }));
      return { from: context.pos - (quoted[1] ?? "").length, options, validFor: /^[^"]*$/ };
    }
    const field = /^\s*([a-z_]*)$/.exec(before);
    const kind = kindAt(context.state, context.pos);
    if (!field || !kind || (!context.explicit && !field[1])) return null;
    const options = (await words.fields(kind)).map((one) => ({
      label: one.name,
      detail: one.required ? "must be there" : "",
      info: one.words,
      type: "property",
      apply: `${one.name} = `,
    }));
    return options.length ? { from: context.pos - (field[1] ?? "").length, options, validFor: /^[a-z_]*$/ } : completeAnyWord(context);
  };
}

/** Opens a text in an element, at the place where one was if it was open before. */
export function open(host: HTMLElement, name: string, text: string, words: Words, changed: (text: string) => void, place?: Place): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.replaceChildren();
  // a file keeps its line ends
  const ends = /\r\n/.test(text) && !/[^\r]\n/.test(text) ? "\r\n" : "\n";
  const language: Extension = name.endsWith(".toml")
    ? [StreamLanguage.define(toml), autocompletion({ override: [completing(words)] })]
    : [];
  const state = EditorState.create({
    doc: text,
    extensions: [
      EditorState.lineSeparator.of(ends),
      EditorState.tabSize.of(4),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      lintGutter(),
      history(),
      drawSelection(),
      bracketMatching(),
      highlightSelectionMatches(),
      EditorView.lineWrapping,
      syntaxHighlighting(colours),
      language,
      // Tab goes on to the next control, as everywhere on the page
      keymap.of([...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({ "aria-label": name, spellcheck: "false", tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update.state.sliceDoc());
      }),
      face,
    ],
  });
  const view = new EditorView({ state, parent: root, root });
  if (place) {
    view.dispatch({ selection: { anchor: Math.min(place.at, view.state.doc.length) } });
    view.requestMeasure({ read: () => undefined, write: () => (view.scrollDOM.scrollTop = place.top) });
  }
  return {
    place: () => ({ at: view.state.selection.main.head, top: view.scrollDOM.scrollTop }),
    mark: (findings) => {
      const { doc } = view.state;
      const marks = findings.flatMap((one) => {
        if (!one.line || one.line > doc.lines) return [];
        const line = doc.line(one.line);
        const from = Math.min(line.to, line.from + Math.max(0, (one.column ?? 1) - 1));
        return [
          {
            from,
            to: line.to,
            severity: one.severity === "error" ? ("error" as const) : ("warning" as const),
            message: one.help ? `${one.message}: ${one.help}` : one.message,
          },
        ];
      });
      view.dispatch(
        setDiagnostics(
          view.state,
          marks.sort((a, b) => a.from - b.from),
        ),
      );
    },
    show: (number) => {
      const line = view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)));
      view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
      view.focus();
    },
    end: () => view.destroy(),
  };
}

// Cuts a text at the ends of spans that may overlap: each piece knows every span it lies in.

export interface Ends {
  from: number;
  to: number;
}
export interface Cut<S> {
  text: string;
  from: number;
  over: S[];
}

export function cut<S extends Ends>(text: string, spans: S[]): Cut<S>[] {
  const inside = spans.filter((span) => span.to > span.from && span.from < text.length && span.to > 0);
  const ends = new Set([0, text.length]);
  for (const span of inside) {
    ends.add(Math.max(0, span.from));
    ends.add(Math.min(text.length, span.to));
  }
  const sorted = [...ends].sort((one, other) => one - other);
  const pieces: Cut<S>[] = [];
  for (let place = 0; place + 1 < sorted.length; place += 1) {
    const [from, until] = [sorted[place] ?? 0, sorted[place + 1] ?? 0];
    pieces.push({ text: text.slice(from, until), from, over: inside.filter((span) => span.from <= from && span.to >= until) });
  }
  return pieces;
}
